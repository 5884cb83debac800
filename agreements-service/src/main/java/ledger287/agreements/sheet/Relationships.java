package ledger287.agreements.sheet;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The relationships of one part: ids and the last segment of their type, to targets. */
record Relationships(Map<String, String> targetById, Map<String, String> partByType) {
    static Relationships of(WorkbookArchive archive, String part, ReadingLimits limits) {
        int slash = part.lastIndexOf('/');
        String folder = part.substring(0, slash + 1);
        String relationships = folder + "_rels/" + part.substring(slash + 1) + ".rels";
        Map<String, String> targetById = new HashMap<>();
        Map<String, String> partByType = new HashMap<>();
        if (!archive.has(relationships)) {
            return new Relationships(targetById, partByType);
        }
        try (XmlPart xml = XmlPart.open(archive, relationships)) {
            while (xml.next()) {
                if (!xml.atStart("Relationship")) {
                    continue;
                }
                String id = xml.attribute("Id");
                String type = xml.attribute("Type");
                String target = xml.attribute("Target");
                if (id == null || type == null || target == null) {
                    continue;
                }
                if ("External".equals(xml.attribute("TargetMode"))) {
                    // A hyperlink; cleaned here, so that nothing further in ever holds the personal data in it.
                    String address = Addresses.clean(target);
                    if (address != null) {
                        targetById.put(id, address);
                    }
                } else {
                    String resolved = resolve(folder, target);
                    targetById.put(id, resolved);
                    partByType.putIfAbsent(type.substring(type.lastIndexOf('/') + 1), resolved);
                }
                WorksheetLimit.LINKS.check(targetById.size(), limits.links());
            }
        }
        return new Relationships(targetById, partByType);
    }

    @Nullable
    String target(@Nullable String id) {
        return id == null ? null : targetById.get(id);
    }

    @Nullable
    String part(String type) {
        return partByType.get(type);
    }

    private static String resolve(String folder, String target) {
        try {
            String path = new URI("/" + folder).resolve(new URI(target)).getPath();
            return path == null ? target : path.substring(1);
        } catch (URISyntaxException e) {
            // Not an address of a part; whoever asks for it will be told that the part is missing.
            return target;
        }
    }
}
