// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import dev.pharos.device.prplos.uci.UciSection;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a radio speaks and how wide its channel is, which OpenWrt has as one word: `NOHT`, `HT40`, `VHT80`, `HE80`,
/// `EHT320` and the like.
///
/// @param width whether its width is meant, and not its standards
/// @param other the parameter of what is not meant
/// @param band the option with its band
public record HtMode(boolean width, String other, String band) {
    private static final Pattern MODE = Pattern.compile("(NOHT|HT|VHT|HE|EHT)([0-9]{2,3})?[+-]?");
    private static final int NARROWEST = 20;
    private static final int WIDEST = 320;
    private static final String MHZ = "MHz";

    /// What a word begins with, the newest standard that it speaks, and how wide its channel may be.
    private enum Kind {
        NOHT("", NARROWEST),
        HT("n", 40),
        VHT("ac", 160),
        HE("ax", 160),
        EHT("be", WIDEST);

        private final String standard;
        private final int widest;

        Kind(String standard, int widest) {
            this.standard = standard;
            this.widest = widest;
        }

        /// All that it speaks in a band: each kind speaks what those before it do, at 6 GHz from `ax` on.
        private List<String> standards(String band) {
            List<String> all = new ArrayList<>(
                    switch (band) {
                        case "5g", "11a" -> List.of("a");
                        case "6g", "60g" -> List.<String>of();
                        default -> List.of("b", "g");
                    });
            boolean two = all.size() == 2;
            for (Kind kind : values()) {
                boolean speaks = kind.compareTo(this) <= 0 && kind != NOHT;
                if (speaks && !(two && kind == VHT) && !(all.isEmpty() && kind.compareTo(HE) < 0)) {
                    all.add(kind.standard);
                }
            }
            return all;
        }
    }

    /// @return empty where it is no such word
    Optional<String> shown(UciSection section, String option) {
        Matcher mode = MODE.matcher(section.text(option).orElse(Kind.NOHT.name()));
        if (!mode.matches()) {
            return Optional.empty();
        }
        int wide = mode.group(2) == null ? NARROWEST : Integer.parseInt(mode.group(2));
        return Optional.of(
                width
                        ? name(wide)
                        : String.join(",", Kind.valueOf(mode.group(1)).standards(band(section))));
    }

    private String band(UciSection section) {
        return section.text(band).or(() -> section.text("hwmode")).orElse("");
    }

    private static String name(int wide) {
        return wide == WIDEST ? wide + MHZ + "-1" : wide + MHZ;
    }

    /// @param others the row's other parameters as they shall be
    /// @throws UspException 7012 where there is no such radio
    String written(UciSection section, String option, String value, UnaryOperator<String> others) {
        String standards = width ? others.apply(other) : value;
        String wide = width ? value : others.apply(other);
        Kind kind = kind(standards, section, option);
        if (!wide.matches("[0-9]{2,3}MHz(-[12])?")) {
            throw new UspException(StandardErrorCode.INVALID_VALUE, "the configuration has no word for " + wide);
        }
        int number = Integer.parseInt(wide.substring(0, wide.indexOf(MHZ)));
        if (number > kind.widest) {
            throw new UspException(
                    StandardErrorCode.INVALID_VALUE, standards + " has " + kind.widest + MHZ + " at the most");
        }
        String mode = kind == Kind.NOHT ? kind.name() : kind.name() + number;
        return section.text(option)
                .filter(present -> present.replaceAll("[+-]$", "").equals(mode))
                .orElse(mode);
    }

    /// Where several speak the same, as at 2.4 GHz, the one that there is stays.
    private Kind kind(String standards, UciSection section, String option) {
        Set<String> wanted = Set.copyOf(List.of(standards.split(",")));
        List<Kind> kinds = Stream.of(Kind.values())
                .filter(kind -> Set.copyOf(kind.standards(band(section))).equals(wanted))
                .toList();
        Matcher present = MODE.matcher(section.text(option).orElse(""));
        Optional<Kind> stays = present.matches()
                ? Optional.of(Kind.valueOf(present.group(1))).filter(kinds::contains)
                : Optional.empty();
        return stays.or(() -> kinds.stream().findFirst())
                .orElseThrow(() -> new UspException(
                        StandardErrorCode.INVALID_VALUE,
                        "none of "
                                + Stream.of(Kind.values())
                                        .map(kind -> String.join(",", kind.standards(band(section))))
                                        .filter(each -> !each.isEmpty())
                                        .distinct()
                                        .collect(Collectors.joining(" or "))));
    }
}
