// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.model;

import dev.pharos.cwmp.Limits;

/// Words of an ACS within sentences of ours.
final class Shown {
    private Shown() {}

    static String of(String text) {
        return text.length() <= Limits.SHOWN_CHARACTERS ? text : text.substring(0, Limits.SHOWN_CHARACTERS) + "…";
    }
}
