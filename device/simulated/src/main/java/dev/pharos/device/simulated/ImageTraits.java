// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.simulated;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What an image does to the gateway that runs it, as its first line says: so that people can try a bad one.
///
///     simulated gateway: restarts-every=20 free-memory=50
///
/// @param restartsEvery zero where it does not restart by itself
/// @param freeMemory in percent of what a good image leaves free
record ImageTraits(Duration restartsEvery, int freeMemory) {
    static final ImageTraits GOOD = new ImageTraits(Duration.ZERO, 100);

    private static final Pattern LINE =
            Pattern.compile("simulated gateway:((?: +[a-z-]+=[0-9]{1,6})+) *\\R.*", Pattern.DOTALL);
    private static final Pattern TRAIT = Pattern.compile("([a-z-]+)=([0-9]+)");

    /// @param head the first bytes of an image, [Limits#IMAGE_HEAD] of them where it has so many
    static ImageTraits of(byte[] head) {
        Matcher line = LINE.matcher(new String(head, StandardCharsets.ISO_8859_1));
        if (!line.matches()) {
            return GOOD;
        }
        ImageTraits traits = GOOD;
        Matcher trait = TRAIT.matcher(line.group(1));
        while (trait.find()) {
            int value = Integer.parseInt(trait.group(2));
            traits = switch (trait.group(1)) {
                case "restarts-every" ->
                    new ImageTraits(
                            Duration.ofSeconds(Math.max(value, Limits.FASTEST_RESTARTS.toSeconds())),
                            traits.freeMemory());
                case "free-memory" -> new ImageTraits(traits.restartsEvery(), Math.min(value, 100));
                default -> traits;
            };
        }
        return traits;
    }
}
