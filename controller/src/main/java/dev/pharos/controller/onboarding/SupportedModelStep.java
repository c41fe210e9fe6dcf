// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.onboarding;

import dev.pharos.controller.peer.CallException;
import dev.pharos.controller.store.ModelKey;
import dev.pharos.controller.store.SupportedModel;
import dev.pharos.usp.message.GetSupportedDmRequest;
import dev.pharos.usp.message.GetSupportedDmResponse;
import java.util.ArrayList;
import java.util.List;

/// Finds the device's supported data model: by its kind where one of its kind was asked before, else by
/// asking it.
final class SupportedModelStep implements OnboardingStep {

    @Override
    public void take(Newcomer newcomer) throws CallException, StepFailedException {
        ModelKey stated = newcomer.record().identity().modelKey();
        ModelKey key = stated.isTelling()
                ? stated
                : new ModelKey("", newcomer.id().toString(), stated.hardwareVersion(), stated.softwareVersion());
        SupportedModel model = newcomer.models().of(key, () -> ask(newcomer));
        newcomer.note(device -> device.withModel(model.hash(), model.parameterCount()));
    }

    private static SupportedModel ask(Newcomer newcomer) throws CallException, StepFailedException {
        GetSupportedDmResponse response =
                newcomer.ask(new GetSupportedDmRequest(List.of("Device."), false, true, true, true, true));
        List<GetSupportedDmResponse.SupportedObject> objects = new ArrayList<>();
        for (GetSupportedDmResponse.RequestedObjectResult result : response.requestedObjectResults()) {
            if (result.fault().isPresent()) {
                throw new StepFailedException("its supported data model could not be read: "
                        + result.fault().get());
            }
            objects.addAll(result.supportedObjects());
        }
        if (objects.isEmpty()) {
            throw new StepFailedException("it described no supported objects");
        }
        return SupportedModel.of(objects);
    }
}
