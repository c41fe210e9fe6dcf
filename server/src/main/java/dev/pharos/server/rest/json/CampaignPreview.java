// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import java.util.List;

/// What would happen if a campaign started now. Nothing was done.
///
/// @param devices that it would concern
/// @param online of them
/// @param already of them that run the image already
/// @param waves how many devices each would have; none where they do not fit
/// @param problems why it would be refused; none where it could start
/// @param detail the same as a sentence
public record CampaignPreview(
        long devices, long online, long already, List<Integer> waves, List<String> problems, String detail) {}
