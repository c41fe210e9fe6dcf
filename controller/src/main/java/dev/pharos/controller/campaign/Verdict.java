// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.campaign;

/// What a health gate says after a wave, as sentences with the figures.
public sealed interface Verdict {
    String why();

    record Healthy(String why) implements Verdict {}

    record Worse(String why) implements Verdict {}

    /// Too few devices told for any verdict.
    record Unknown(String why) implements Verdict {}
}
