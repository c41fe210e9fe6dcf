// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.onboarding;

/// A device answered, and the answer did not help; the message says why.
final class StepFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    StepFailedException(String why) {
        super(why, null, false, false);
    }
}
