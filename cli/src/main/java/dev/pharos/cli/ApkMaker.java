// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli;

import dev.pharos.cli.apk.ApkPackage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Makes a package for apk of a folder; `package/openwrt/make` runs it.
///
/// Arguments: the folder, the package, and then `FIELD:VALUE` for what is said of it, `depends:NAME` for each
/// other package that it needs, and `script:WHEN:FILE` for what is run. Exit status 0 where it is made, 2 where
/// it cannot be.
public final class ApkMaker {
    private static final String SCRIPT = "script:";
    private static final String DEPENDS = "depends:";

    private ApkMaker() {}

    public static void main(String[] arguments) {
        try {
            make(List.of(arguments), Long.parseLong(System.getenv().getOrDefault("SOURCE_DATE_EPOCH", "0")));
        } catch (IOException | IllegalArgumentException wrong) {
            System.err.println("no package for apk: " + wrong.getMessage());
            System.exit(2);
        }
    }

    private static void make(List<String> arguments, long seconds) throws IOException {
        if (arguments.size() < 2) {
            throw new IllegalArgumentException("a folder and a package are wanted");
        }
        Map<String, String> info = new HashMap<>();
        Map<String, String> scripts = new HashMap<>();
        List<String> depends = new ArrayList<>();
        for (String argument : arguments.subList(2, arguments.size())) {
            String[] words = argument.split(":", argument.startsWith(SCRIPT) ? 3 : 2);
            if (words.length < 2 || (argument.startsWith(SCRIPT) && words.length < 3)) {
                throw new IllegalArgumentException("no FIELD:VALUE: " + Arrays.toString(words));
            }
            if (argument.startsWith(SCRIPT)) {
                scripts.put(words[1], Files.readString(Path.of(words[2])));
            } else if (argument.startsWith(DEPENDS)) {
                depends.add(words[1]);
            } else {
                info.put(words[0], words[1]);
            }
        }
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(Path.of(arguments.get(1))))) {
            new ApkPackage(info, depends, scripts, seconds).write(Path.of(arguments.getFirst()), out);
        }
    }
}
