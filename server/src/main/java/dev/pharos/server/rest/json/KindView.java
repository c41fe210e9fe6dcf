// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import dev.pharos.controller.kind.Kind;
import dev.pharos.controller.kind.Manner;
import dev.pharos.controller.kind.Quirk;
import java.util.Arrays;
import java.util.List;

/// A kind of device, and what it does otherwise over TR-069.
///
/// @param origin the file and the line in which it stands
/// @param match whom it concerns, for people
/// @param names how many things are shown by names that all devices share
public record KindView(String name, String because, String origin, String match, List<QuirkView> quirks, int names) {

    /// @param quirk as files call it
    public record QuirkView(String quirk, List<String> values) {}

    public static KindView of(Kind kind) {
        return new KindView(
                kind.name(),
                kind.because(),
                kind.origin(),
                kind.match().toString(),
                Arrays.stream(Quirk.values())
                        .filter(kind.quirks()::containsKey)
                        .map(quirk -> new QuirkView(quirk.key(), kind.quirks().getOrDefault(quirk, List.of())))
                        .toList(),
                kind.names().size());
    }

    /// All that are known.
    public record KindList(List<KindView> items) {
        public static KindList of(List<Kind> kinds) {
            return new KindList(kinds.stream().map(KindView::of).toList());
        }
    }

    /// How a device is treated over TR-069.
    ///
    /// @param kinds of which it is, the one that counts most last
    /// @param quirks those that count, each by the kind that counts most of those that say something of it
    public record DeviceKinds(List<KindView> kinds, List<AppliedQuirk> quirks) {
        public static DeviceKinds of(List<Kind> kinds, Manner manner) {
            return new DeviceKinds(
                    kinds.stream().map(KindView::of).toList(),
                    manner.applied().stream()
                            .map(each -> new AppliedQuirk(
                                    each.quirk().key(),
                                    each.values(),
                                    each.kind().name(),
                                    each.kind().because(),
                                    each.kind().origin()))
                            .toList());
        }
    }

    /// @param kind the name of the kind that says so
    public record AppliedQuirk(String quirk, List<String> values, String kind, String because, String origin) {}
}
