// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.onboarding;

import dev.pharos.controller.peer.CallException;
import dev.pharos.controller.policy.SubscriptionTemplate;
import dev.pharos.controller.store.SupportedModel;
import dev.pharos.usp.message.AddRequest;
import dev.pharos.usp.message.AddResponse;
import dev.pharos.usp.message.DeleteRequest;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetResponse;
import dev.pharos.usp.message.ParameterSetting;
import dev.pharos.usp.message.SetRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Sees to it that the device has the subscriptions we want: adds what is missing and mends what differs, so
/// that doing it twice adds nothing.
final class SubscriptionStep implements OnboardingStep {
    static final String TABLE = "Device.LocalAgent.Subscription.";
    static final String CONTROLLERS = "Device.LocalAgent.Controller.";

    @Override
    public void take(Newcomer newcomer) throws CallException, StepFailedException {
        List<String> refused = reconcile(newcomer);
        // others of its kind may have what it has not
        if (!refused.isEmpty() && SupportedModelStep.askItself(newcomer)) {
            refused = reconcile(newcomer);
        }
        if (!refused.isEmpty()) {
            throw new StepFailedException("it refused " + refused.size() + " of "
                    + newcomer.plan().subscriptions().size() + " subscriptions: " + refused.getFirst());
        }
    }

    /// @return why subscriptions were refused, of each that was
    private static List<String> reconcile(Newcomer newcomer) throws CallException, StepFailedException {
        SupportedModel model = newcomer.model();
        if (!model.supports(TABLE)) {
            return List.of();
        }
        Map<String, SubscriptionRow> present = present(newcomer);
        List<AddRequest.CreateObject> missing = new ArrayList<>();
        for (SubscriptionTemplate wanted : newcomer.plan().subscriptions()) {
            List<String> references = wanted.referencesIn(model);
            if (references.isEmpty()) {
                continue;
            }
            SubscriptionRow row = present.get(wanted.id());
            if (row != null && !row.means(wanted.notifType(), references)) {
                // NotifType and ReferenceList are written once: only a new row can say something else.
                newcomer.ask(new DeleteRequest(true, List.of(row.path())));
                row = null;
            }
            if (row == null) {
                missing.add(create(wanted, references));
            } else if (!row.enabled()) {
                newcomer.ask(enable(row));
            }
        }
        return missing.isEmpty() ? List.of() : add(newcomer, missing);
    }

    private static Map<String, SubscriptionRow> present(Newcomer newcomer) throws CallException {
        GetResponse response = newcomer.ask(new GetRequest(List.of(TABLE, CONTROLLERS), 0));
        Map<String, Map<String, String>> objects = new LinkedHashMap<>();
        for (GetResponse.RequestedPathResult result : response.requestedPathResults()) {
            result.resolvedPathResults().forEach(object -> objects.put(object.resolvedPath(), object.resultParams()));
        }
        Map<String, SubscriptionRow> ours = new LinkedHashMap<>();
        SubscriptionRow.ours(objects, newcomer.own()).forEach(row -> ours.put(row.id(), row));
        return ours;
    }

    private static AddRequest.CreateObject create(SubscriptionTemplate wanted, List<String> references) {
        return new AddRequest.CreateObject(
                TABLE,
                List.of(
                        new ParameterSetting("Enable", "true", true),
                        new ParameterSetting("ID", wanted.id(), true),
                        new ParameterSetting("NotifType", wanted.notifType(), true),
                        new ParameterSetting("ReferenceList", String.join(",", references), true),
                        new ParameterSetting("Persistent", "true", false),
                        new ParameterSetting("NotifRetry", "true", false)));
    }

    private static SetRequest enable(SubscriptionRow row) {
        return new SetRequest(
                false,
                List.of(new SetRequest.UpdateObject(
                        row.path(), List.of(new ParameterSetting("Enable", "true", true)))));
    }

    private static List<String> add(Newcomer newcomer, List<AddRequest.CreateObject> missing) throws CallException {
        AddResponse response = newcomer.ask(new AddRequest(true, missing));
        List<String> failures = new ArrayList<>();
        for (AddResponse.CreatedObjectResult result : response.createdObjectResults()) {
            if (result.operationStatus() instanceof AddResponse.OperationFailure failure) {
                failures.add(failure.fault().toString());
            }
        }
        // What the twin holds of the new rows came from what we wrote; the device may have added to it.
        newcomer.ask(new GetRequest(List.of(TABLE), 0));
        return failures;
    }
}
