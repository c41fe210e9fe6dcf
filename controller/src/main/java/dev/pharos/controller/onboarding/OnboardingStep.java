// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.onboarding;

import dev.pharos.controller.peer.CallException;

/// One thing to learn about a device. Doing it again does no harm.
interface OnboardingStep {
    /// @throws CallException where the device did not answer
    /// @throws StepFailedException where its answer was of no use
    void take(Newcomer newcomer) throws CallException, StepFailedException;
}
