// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import dev.pharos.controller.job.JobWork;
import dev.pharos.controller.job.Rollout;
import dev.pharos.controller.observe.MaskedMessages;
import dev.pharos.controller.policy.SecretParameters;
import dev.pharos.usp.message.AddRequest;
import dev.pharos.usp.message.DeleteRequest;
import dev.pharos.usp.message.DeregisterRequest;
import dev.pharos.usp.message.GetInstancesRequest;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetSupportedDmRequest;
import dev.pharos.usp.message.GetSupportedProtocolRequest;
import dev.pharos.usp.message.NotifyRequest;
import dev.pharos.usp.message.OperateRequest;
import dev.pharos.usp.message.ParameterSetting;
import dev.pharos.usp.message.RegisterRequest;
import dev.pharos.usp.message.Request;
import dev.pharos.usp.message.SetRequest;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A step of a job as a line for people, its secrets masked: `set Device.WiFi.SSID.1.SSID=Home`.
public final class StepText {
    private StepText() {}

    public static List<String> of(JobWork work) {
        return switch (work) {
            case JobWork.Script(List<Request<?>> steps) ->
                steps.stream().map(StepText::of).toList();
            case JobWork.Hold(String profile, int version) ->
                List.of("bring to profile " + profile + ", version " + version);
            case JobWork.Bring _ -> List.of("set what was personal on the router before");
            case JobWork.Upgrade(long image, String _) -> List.of("firmware image " + image);
            case JobWork.RollBack(long campaign, String _) ->
                List.of("firmware that it ran before campaign " + campaign);
            case JobWork.Deploy(long _, Rollout rollout, String _) -> List.of(rollout.toString());
            case JobWork.DeployBack(long campaign, long module, String _) ->
                List.of("version of module " + module + " that it had before campaign " + campaign);
            case JobWork.Migrate(long campaign, var crossing) ->
                List.of("move to USP over " + crossing.transport() + ", for campaign " + campaign);
            case JobWork.MigrateBack(long campaign) ->
                List.of("bring back to TR-069 what campaign " + campaign + " moved");
            case JobWork.Restore(long job) -> List.of("bring back what was before job " + job);
        };
    }

    public static String of(Request<?> request) {
        Request<?> shown = new MaskedMessages(SecretParameters.BY_NAME).request(request);
        return switch (shown) {
            case GetRequest get -> "get " + String.join(" ", get.paramPaths());
            case SetRequest set ->
                "set "
                        + set.updateObjects().stream()
                                .map(object -> settings(object.objPath(), object.paramSettings()))
                                .collect(Collectors.joining(" "));
            case AddRequest add ->
                "add "
                        + add.createObjects().stream()
                                .map(object -> (object.objPath() + " " + settings("", object.paramSettings())).strip())
                                .collect(Collectors.joining("; "));
            case DeleteRequest delete -> "delete " + String.join(" ", delete.objPaths());
            case OperateRequest run -> ("operate " + run.command() + " " + values(run.inputArgs())).strip();
            case GetInstancesRequest get -> "instances " + String.join(" ", get.objPaths());
            case GetSupportedDmRequest _,
                    GetSupportedProtocolRequest _,
                    NotifyRequest _,
                    RegisterRequest _,
                    DeregisterRequest _ -> throw new IllegalArgumentException("no step of a job: " + shown);
        };
    }

    private static String settings(String object, List<ParameterSetting> settings) {
        return settings.isEmpty()
                ? object
                : settings.stream()
                        .map(setting -> object + setting.param() + "=" + setting.value())
                        .collect(Collectors.joining(" "));
    }

    private static String values(Map<String, String> values) {
        return values.entrySet().stream()
                .map(value -> value.getKey() + "=" + value.getValue())
                .collect(Collectors.joining(" "));
    }
}
