// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.bbf;

/// Paths in data-model files, which are relative to the object that uses them: a leading dot means the root,
/// each `#` after the first one level up, where a table and its `{i}` are one level.
final class RelativePath {
    private RelativePath() {}

    static String resolve(String path, String objectPath, String rootPath) {
        String absolute;
        if (path.startsWith(rootPath)) {
            absolute = path;
        } else if (path.startsWith(".")) {
            absolute = rootPath + path.substring(1);
        } else if (path.startsWith("#")) {
            String from = objectPath;
            int i = 1;
            for (; i < path.length() && path.charAt(i) == '#'; i++) {
                from = parent(from);
            }
            String rest = path.substring(i);
            absolute = from + (rest.startsWith(".") ? rest.substring(1) : rest);
        } else {
            absolute = objectPath + path;
        }
        return absolute.isEmpty() || absolute.endsWith(".") ? absolute : absolute + ".";
    }

    private static String parent(String path) {
        String table = path.endsWith(".{i}.") ? path.substring(0, path.length() - 4) : path;
        return table.substring(0, table.lastIndexOf('.', Math.max(table.length() - 2, 0)) + 1);
    }
}
