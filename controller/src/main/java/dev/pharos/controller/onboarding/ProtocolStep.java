// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.onboarding;

import dev.pharos.controller.peer.CallException;
import dev.pharos.controller.peer.RequestFailedException;
import dev.pharos.usp.message.GetSupportedProtocolRequest;

/// Asks which protocol versions the device speaks. A device that does not know the question is not held up by
/// it.
final class ProtocolStep implements OnboardingStep {
    private static final String OUR_VERSIONS = "1.0,1.1,1.2,1.3,1.4";

    @Override
    public void take(Newcomer newcomer) throws CallException {
        try {
            String versions =
                    newcomer.ask(new GetSupportedProtocolRequest(OUR_VERSIONS)).agentSupportedProtocolVersions();
            newcomer.note(device -> device.withProtocolVersions(versions));
        } catch (RequestFailedException unsupported) {
            newcomer.note(device -> device.withProtocolVersions(""));
        }
    }
}
