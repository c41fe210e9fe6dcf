// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.onboarding;

import dev.pharos.controller.peer.CallException;
import dev.pharos.controller.store.SupportedModel;
import dev.pharos.usp.message.GetRequest;
import java.util.List;

/// Reads the configured paths into the twin, as far as the device has them.
final class TwinStep implements OnboardingStep {

    @Override
    public void take(Newcomer newcomer) throws CallException, StepFailedException {
        SupportedModel model = newcomer.model();
        for (String path : newcomer.plan().twinPaths()) {
            if (model.supports(path)) {
                newcomer.ask(new GetRequest(List.of(path), 0));
            }
        }
    }
}
