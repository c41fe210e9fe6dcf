// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.campaign;

import dev.pharos.controller.campaign.WaveJob.Purpose;

/// What a campaign does next, by itself.
sealed interface Move {

    /// Nothing yet.
    record Stay() implements Move {}

    /// @param note what happened, as a sentence
    record Go(CampaignState to, String note) implements Move {}

    /// Makes a job of its present wave.
    record Run(Purpose purpose) implements Move {}
}
