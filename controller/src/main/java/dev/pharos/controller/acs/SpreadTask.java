// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.cwmp.rpc.AcsRequest;
import dev.pharos.cwmp.rpc.Answer;
import dev.pharos.cwmp.rpc.ParameterValue;
import dev.pharos.cwmp.rpc.SetParameterValues;
import dev.pharos.cwmp.rpc.SetParameterValuesResponse;
import dev.pharos.datamodel.definition.PrimitiveType;
import dev.pharos.usp.EndpointId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Gives a device a second of its own at which it comes (PeriodicInformTime), so that not all of its kind come at the
/// same.
final class SpreadTask implements Task {
    /// Any time in the past, from which on it counts its intervals.
    private static final Instant BEGIN = Instant.parse("2000-01-01T00:00:00Z");

    private final Supplier<Optional<Lesson>> toTeach;
    private final Consumer<ParameterValue> taught;
    private boolean begun;
    private Optional<Lesson> lesson = Optional.empty();

    /// @param parameterKey what the device calls its configuration, which does not become another by this
    record Lesson(ParameterValue time, String parameterKey) {}

    /// @param toTeach asked when it is this task's turn; empty where the device has its time already
    /// @param taught told of what the device has taken
    SpreadTask(Supplier<Optional<Lesson>> toTeach, Consumer<ParameterValue> taught) {
        this.toTeach = toTeach;
        this.taught = taught;
    }

    /// The time of this device: the same whenever it is asked for.
    static ParameterValue time(String name, EndpointId device, Duration interval) {
        long seconds = Math.floorMod(device.toString().hashCode(), Math.max(1, interval.toSeconds()));
        return new ParameterValue(
                name, PrimitiveType.DATE_TIME, BEGIN.plusSeconds(seconds).toString());
    }

    @Override
    public Optional<AcsRequest<?>> next() {
        if (begun) {
            return Optional.empty();
        }
        begun = true;
        lesson = toTeach.get();
        return lesson.map(it -> new SetParameterValues(List.of(it.time()), it.parameterKey()));
    }

    @Override
    public void answered(Answer answer) {
        if (answer instanceof SetParameterValuesResponse) {
            lesson.map(Lesson::time).ifPresent(taught);
        }
    }
}
