// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.onboarding;

import dev.pharos.controller.peer.CallException;
import dev.pharos.controller.store.ModelKey;
import dev.pharos.controller.store.SupportedModel;
import dev.pharos.usp.message.GetSupportedDmRequest;
import dev.pharos.usp.message.GetSupportedDmResponse.RequestedObjectResult;
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
        DivergentModels model = new DivergentModels();
        for (RequestedObjectResult result : ask(newcomer, List.of("Device."))) {
            if (result.fault().isPresent()) {
                throw new StepFailedException("its supported data model could not be read: "
                        + result.fault().get());
            }
            model.add(result.supportedObjects());
        }
        for (List<String> paths = model.next(); !paths.isEmpty(); paths = model.next()) {
            // what went away meanwhile has no model any more
            ask(newcomer, paths).forEach(result -> model.add(result.supportedObjects()));
        }
        if (model.objects().isEmpty()) {
            throw new StepFailedException("it described no supported objects");
        }
        return SupportedModel.of(List.copyOf(model.objects()));
    }

    private static List<RequestedObjectResult> ask(Newcomer newcomer, List<String> paths) throws CallException {
        return newcomer.ask(new GetSupportedDmRequest(paths, false, true, true, true, true))
                .requestedObjectResults();
    }
}
