package ledger287.agreements.importing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What is taken as a workbook. */
@ConfigMapping(prefix = "ledger287.upload")
public interface UploadSettings {

    /** ICE's workbooks have about 100 kB. */
    @WithDefault("20000000")
    long maxBytes();
}
