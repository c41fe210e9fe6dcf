// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.onboarding;

import dev.pharos.controller.peer.CallException;
import dev.pharos.controller.peer.Calls;
import dev.pharos.controller.policy.OnboardingPlan;
import dev.pharos.controller.presence.Presence;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.DeviceStore;
import dev.pharos.controller.store.SupportedModel;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.controller.twin.Twins;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.Request;
import dev.pharos.usp.message.Response;
import java.util.function.UnaryOperator;

/// A device that is being learnt, and all that learning it needs.
///
/// @param own our own Endpoint ID, by which we find our row in the device's Controller table
record Newcomer(
        EndpointId id,
        EndpointId own,
        OnboardingPlan plan,
        Calls calls,
        Twins twins,
        KnownModels models,
        Presence presence,
        DeviceStore devices) {

    <R extends Response> R ask(Request<R> request) throws CallException {
        R response = calls.call(id, request, plan.callTimeout());
        twins.learn(id, request, response, TwinValue.Source.ONBOARDING);
        return response;
    }

    DeviceRecord record() throws StepFailedException {
        return devices.find(id).orElseThrow(() -> new StepFailedException("it was removed from the inventory"));
    }

    void note(UnaryOperator<DeviceRecord> change) {
        presence.change(id, change);
    }

    /// The model as the step before found it.
    SupportedModel model() throws StepFailedException {
        return models.find(record().modelHash())
                .orElseThrow(() -> new StepFailedException("its supported data model is not known"));
    }
}
