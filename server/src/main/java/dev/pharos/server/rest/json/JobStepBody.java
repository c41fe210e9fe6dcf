// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import dev.pharos.usp.message.Request;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One request of a job: exactly one of these, as for a single device.
@Schema(name = "JobStep")
public record JobStepBody(
        @Nullable GetBody get,
        @Nullable SetBody set,
        @Nullable AddBody add,
        @Nullable DeleteBody delete,
        @Nullable OperateBody operate,
        @Nullable InstancesBody instances) {

    private record Named(String name, Supplier<Request<?>> request) {}

    Request<?> toRequest(String field) {
        List<Named> given = new ArrayList<>();
        if (get != null) {
            given.add(new Named("get", get::toRequest));
        }
        if (set != null) {
            given.add(new Named("set", set::toRequest));
        }
        if (add != null) {
            given.add(new Named("add", add::toRequest));
        }
        if (delete != null) {
            given.add(new Named("delete", delete::toRequest));
        }
        if (operate != null) {
            given.add(new Named("operate", operate::toRequest));
        }
        if (instances != null) {
            given.add(new Named("instances", instances::toRequest));
        }
        if (given.size() != 1) {
            throw new BadRequestException(field, "must have exactly one of get, set, add, delete, operate, instances");
        }
        Named step = given.getFirst();
        try {
            return step.request().get();
        } catch (BadRequestException wrong) {
            throw new BadRequestException(field + "." + step.name() + "." + wrong.field(), wrong.reason());
        }
    }

    static List<Request<?>> requests(String field, @Nullable List<@Nullable JobStepBody> steps, int most) {
        List<Request<?>> requests = new ArrayList<>();
        for (JobStepBody step : Fields.items(field, steps)) {
            requests.add(step.toRequest(field + "[" + requests.size() + "]"));
        }
        if (requests.size() > most) {
            throw new BadRequestException(field, "must have at most " + most + " steps");
        }
        return requests;
    }
}
