// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;

/// The account that PostgreSQL runs under. PostgreSQL refuses to run as root, so root hands it to an account that
/// owns nothing else; every other user runs it as themselves.
///
/// @param switched whether we are root, and so give it away
public record UnprivilegedUser(boolean switched) {
    /// The kernel's overflow id, `nobody`: it exists everywhere and owns no files.
    private static final int NOBODY = 65_534;

    private static final List<String> PROGRAMS =
            List.of("/usr/bin/setpriv", "/bin/setpriv", "/usr/sbin/setpriv", "/usr/local/bin/setpriv");

    public static UnprivilegedUser forThisProcess() throws IOException {
        Object uid = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        return new UnprivilegedUser(Integer.valueOf(0).equals(uid));
    }

    /// The words to put before a command, so that it runs under this account.
    ///
    /// @param workingFolder what the command must reach; where a folder above it is closed to others (root's home
    ///     is), the command gets the one capability to read past that, and no other
    List<String> prefix(Path workingFolder) throws PostgresException {
        if (!switched) {
            return List.of();
        }
        String setpriv = PROGRAMS.stream()
                .filter(program -> Files.isExecutable(Path.of(program)))
                .findFirst()
                .orElseThrow(() ->
                        new PostgresException("PostgreSQL does not run as root, and setpriv (package util-linux), which"
                                + " hands it to another account, is missing: install it, start Pharos as an ordinary user, or name a"
                                + " database with --database URL"));
        List<String> words = new ArrayList<>(
                List.of(setpriv, "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--no-new-privs"));
        if (!reachable(workingFolder)) {
            // the secure bit lets access(2), by which initdb finds postgres, see the capability too
            words.addAll(List.of(
                    "--securebits=+no_setuid_fixup", "--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"));
        }
        return words;
    }

    /// Gives a file or folder to this account.
    void own(Path file) throws IOException {
        if (switched) {
            Files.setAttribute(file, "unix:uid", NOBODY);
            Files.setAttribute(file, "unix:gid", NOBODY);
        }
    }

    private static boolean reachable(Path folder) {
        for (Path above = folder.toAbsolutePath().getParent(); above != null; above = above.getParent()) {
            try {
                if (!Files.getPosixFilePermissions(above).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                    return false;
                }
            } catch (IOException unreadable) {
                return false;
            }
        }
        return true;
    }
}
