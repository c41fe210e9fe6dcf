// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.uci;

import dev.pharos.usp.Frozen;
import java.util.List;
import java.util.Optional;

/// One command of a UCI file, and where it stands there.
///
/// @param words the first is the keyword
record UciCommand(Keyword keyword, List<UciWord> words) {
    UciCommand {
        words = Frozen.list(words);
    }

    /// What commands there are. Each may be shortened to its first letter.
    enum Keyword {
        PACKAGE(1, 1),
        CONFIG(1, 2),
        OPTION(1, 2),
        LIST(1, 2);

        final int fewest;
        final int most;

        Keyword(int fewest, int most) {
            this.fewest = fewest;
            this.most = most;
        }

        static Optional<Keyword> of(String word) {
            return switch (word) {
                case "package", "p" -> Optional.of(PACKAGE);
                case "config", "c" -> Optional.of(CONFIG);
                case "option", "o" -> Optional.of(OPTION);
                case "list", "l" -> Optional.of(LIST);
                default -> Optional.empty();
            };
        }
    }

    /// @param number from 1
    /// @return empty where there is none
    String argument(int number) {
        return number < words.size() ? words.get(number).text() : "";
    }

    int start() {
        return words.getFirst().start();
    }

    int end() {
        return words.getLast().end();
    }
}
