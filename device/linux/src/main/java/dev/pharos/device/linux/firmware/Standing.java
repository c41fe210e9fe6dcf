// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux.firmware;

import java.util.Map;

/// How a host says that its slots are.
///
/// @param either whether it can boot from either; else it runs from its one place, slot 1, over which an image
///     that waits in slot 2 is written when it is activated
/// @param active from which it runs
/// @param boot from which it boots next
/// @param held the versions of images, by the slots that hold one; empty where they are not known
public record Standing(boolean either, int active, int boot, Map<Integer, String> held) {
    public Standing {
        held = Map.copyOf(held);
    }
}
