// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.onboarding;

import dev.pharos.controller.peer.CallException;
import dev.pharos.controller.store.ModelKey;
import dev.pharos.controller.store.SupportedModel;
import dev.pharos.usp.message.GetSupportedDmRequest;
import dev.pharos.usp.message.GetSupportedDmResponse.RequestedObjectResult;
import java.util.List;

/// Finds the device's supported data model: by its kind where one of its kind was asked before, else by
/// asking it. One that turned out to have another than its kind has a model of its own from then on.
final class SupportedModelStep implements OnboardingStep {

    @Override
    public void take(Newcomer newcomer) throws CallException, StepFailedException {
        ModelKey stated = newcomer.record().identity().modelKey();
        ModelKey own = own(newcomer, stated);
        boolean byKind = stated.isTelling() && newcomer.models().stored(own).isEmpty();
        note(newcomer, newcomer.models().of(byKind ? stated : own, () -> ask(newcomer)));
    }

    /// Asks a device that does not go by the model of its kind for its own.
    ///
    /// @return whether that is another
    static boolean askItself(Newcomer newcomer) throws CallException, StepFailedException {
        SupportedModel model = ask(newcomer);
        if (model.hash().equals(newcomer.record().modelHash())) {
            return false;
        }
        newcomer.models().save(own(newcomer, newcomer.record().identity().modelKey()), model);
        note(newcomer, model);
        return true;
    }

    /// Of this device alone, in the versions that it has.
    private static ModelKey own(Newcomer newcomer, ModelKey stated) {
        return new ModelKey("", newcomer.id().toString(), stated.hardwareVersion(), stated.softwareVersion());
    }

    private static void note(Newcomer newcomer, SupportedModel model) {
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
