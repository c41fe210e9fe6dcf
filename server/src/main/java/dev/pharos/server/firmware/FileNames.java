// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.firmware;

/// File names as people send them. They are shown and stand in links; no file is ever called so.
public final class FileNames {
    private static final int LONGEST = 100;

    private FileNames() {}

    /// The last part of what may be a path, without what no file name needs; `image` where nothing is left.
    public static String plain(String sent) {
        String last = sent.substring(Math.max(sent.lastIndexOf('/'), sent.lastIndexOf('\\')) + 1);
        String tame = last.replaceAll("[^A-Za-z0-9 ._+()-]", "_")
                .replaceFirst("^[. ]+", "")
                .strip();
        String bounded = tame.length() > LONGEST ? tame.substring(tame.length() - LONGEST) : tame;
        return bounded.isEmpty() ? "image" : bounded;
    }

    /// The last part of a link. It holds the version, which some devices know from nothing else.
    static String inLink(String fileName, String version) {
        String name = fileName;
        if (!fileName.contains(version)) {
            int dot = fileName.lastIndexOf('.');
            name = dot < 1
                    ? fileName + "-" + version
                    : fileName.substring(0, dot) + "-" + version + fileName.substring(dot);
        }
        return plain(name.replace('/', '_').replace('\\', '_')).replaceAll("[ ()+]", "_");
    }
}
