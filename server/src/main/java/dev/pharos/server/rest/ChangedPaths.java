// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.controller.acs.ModuleCommands;
import dev.pharos.controller.job.JobWork;
import dev.pharos.usp.message.AddRequest;
import dev.pharos.usp.message.DeleteRequest;
import dev.pharos.usp.message.DeregisterRequest;
import dev.pharos.usp.message.GetInstancesRequest;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetSupportedDmRequest;
import dev.pharos.usp.message.GetSupportedProtocolRequest;
import dev.pharos.usp.message.NotifyRequest;
import dev.pharos.usp.message.OperateRequest;
import dev.pharos.usp.message.RegisterRequest;
import dev.pharos.usp.message.Request;
import dev.pharos.usp.message.SetRequest;
import java.util.List;

/// What of a device a request would change.
final class ChangedPaths {
    /// What an upgrade changes.
    private static final String IMAGES = "Device.DeviceInfo.FirmwareImage.";

    private ChangedPaths() {}

    /// Of objects, parameters and commands; none for what only reads.
    static List<String> of(Request<?> request) {
        return switch (request) {
            case SetRequest set ->
                set.updateObjects().stream()
                        .flatMap(object ->
                                object.paramSettings().stream().map(setting -> object.objPath() + setting.param()))
                        .toList();
            case AddRequest add ->
                add.createObjects().stream()
                        .map(AddRequest.CreateObject::objPath)
                        .toList();
            case DeleteRequest delete -> delete.objPaths();
            case OperateRequest operate -> List.of(operate.command());
            case GetRequest _,
                    GetInstancesRequest _,
                    GetSupportedDmRequest _,
                    GetSupportedProtocolRequest _,
                    NotifyRequest _,
                    RegisterRequest _,
                    DeregisterRequest _ -> List.of();
        };
    }

    /// Of a job as people make it.
    static List<String> of(JobWork work) {
        return switch (work) {
            case JobWork.Script(List<Request<?>> steps) ->
                steps.stream().flatMap(step -> of(step).stream()).toList();
            case JobWork.Deploy _, JobWork.DeployBack _ -> List.of(ModuleCommands.MODULES);
            case JobWork.Upgrade _,
                    JobWork.RollBack _,
                    JobWork.Hold _,
                    JobWork.Bring _,
                    JobWork.Restore _,
                    JobWork.Migrate _,
                    JobWork.MigrateBack _ -> List.of(IMAGES);
        };
    }
}
