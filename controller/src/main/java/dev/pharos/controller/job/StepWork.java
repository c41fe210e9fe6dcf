// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.job;

import dev.pharos.controller.observe.MaskedMessages;
import dev.pharos.controller.peer.AnswerMismatchException;
import dev.pharos.controller.peer.CallException;
import dev.pharos.controller.peer.CallTimedOutException;
import dev.pharos.controller.peer.DeviceUnreachableException;
import dev.pharos.controller.peer.RequestFailedException;
import dev.pharos.controller.peer.TooManyCallsException;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.codec.MessageCodec;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.MessageId;
import dev.pharos.usp.message.Request;
import dev.pharos.usp.message.Response;
import dev.pharos.usp.message.UspError;
import dev.pharos.usp.message.UspMessage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Sends one step to one device, and says how the device stands after it.
///
/// @param masked by what secrets the device has
record StepWork(Gate gate, Attempt attempt, DeviceLine line, MaskedMessages masked) {
    private static final MessageId ANY = new MessageId("kept");

    /// In place of a request where there is none that could hold a secret.
    private static final Request<?> NOTHING = new GetRequest(List.of(), 0);

    private JobPlan plan() {
        return gate.plan();
    }

    /// @param chore for what is no script
    Settlement perform(DeviceChore chore, Clock clock) {
        boolean script = plan().work() instanceof JobWork.Script;
        Request<?> request = script ? plan().steps().get(attempt.step()) : NOTHING;
        try {
            return script
                    ? answered(request, line.call(attempt.device(), request, Limits.ANSWER))
                    : ended(
                            chore.carryOut(
                                    new DeviceChore.Task(attempt.job(), plan().work(), attempt.device(), gate), masked),
                            clock.instant());
        } catch (CallException failed) {
            // whoever waited was interrupted: the server stops
            return Thread.interrupted()
                    ? Settlement.of(stopped(failed, clock.instant()))
                    : failed(request, failed, clock.instant());
        }
    }

    private static Settlement ended(DeviceChore.End end, Instant now) {
        return switch (end) {
            case DeviceChore.End.Done(String why, Optional<Response> answer) ->
                new Settlement(new TargetState.Done(why), true, answer.filter(StepWork::isKept));
            case DeviceChore.End.Failed(String why, Optional<Response> answer) ->
                new Settlement(new TargetState.Failed(why), false, answer.filter(StepWork::isKept));
            case DeviceChore.End.Later(Duration pause, String why) ->
                Settlement.of(new TargetState.Waiting(now.plus(pause), why));
        };
    }

    private static boolean isKept(Response shown) {
        return size(shown) <= Limits.ANSWER_BYTES;
    }

    private static int size(Response shown) {
        return MessageCodec.encode(new UspMessage(ANY, shown)).size();
    }

    private TargetState stopped(CallException failure, Instant now) {
        boolean sent = !(failure instanceof CallTimedOutException late) || late.sent();
        return sent && !repeatable()
                ? uncertain("the server was stopped before the device answered")
                : new TargetState.Waiting(now, "the server was stopped");
    }

    private Settlement answered(Request<?> request, Response response) {
        Response shown = masked.response(request, response);
        int size = size(shown);
        boolean kept = size <= Limits.ANSWER_BYTES;
        Optional<Response> answer = kept ? Optional.of(shown) : Optional.empty();
        Optional<String> missing = Shortfall.of(request, shown);
        if (missing.isPresent()) {
            return new Settlement(new TargetState.Failed(missing.get()), false, answer);
        }
        if (!plan().isLast(attempt.step())) {
            return new Settlement(new TargetState.Running(), true, answer);
        }
        String why =
                kept ? "" : "its answer of " + size + " bytes is too large to be kept here; its twin has the values";
        return new Settlement(new TargetState.Done(why), true, answer);
    }

    private Settlement failed(Request<?> request, CallException failure, Instant now) {
        String why = masked.text(request, failure.reason());
        return Settlement.of(
                switch (failure) {
                    case RequestFailedException refused -> refused(request, refused.error(), now);
                    case TooManyCallsException _ -> again(why, now);
                    case AnswerMismatchException _ -> repeatable() ? again(why, now) : uncertain(why);
                    case DeviceUnreachableException away ->
                        away.sent() && !repeatable() ? uncertain(why) : returning(why, away.sent());
                    case CallTimedOutException late -> late.sent() && !repeatable() ? uncertain(why) : again(why, now);
                });
    }

    private boolean repeatable() {
        return plan().isRepeatable(attempt.step());
    }

    /// Whether the device has taken it is not known, and it must not run twice.
    private static TargetState uncertain(String why) {
        return new TargetState.Uncertain("whether it ran is not known: " + why);
    }

    /// Nothing of the request was carried out.
    private TargetState refused(Request<?> request, UspError error, Instant now) {
        String why = masked.text(request, error.fault().toString());
        boolean passing = error.fault().errCode() == StandardErrorCode.INTERNAL_ERROR
                || error.fault().errCode() == StandardErrorCode.RESOURCES_EXCEEDED;
        String where = error.parameterErrors().isEmpty()
                ? ""
                : " (" + masked.text(request, error.parameterErrors().getFirst().paramPath()) + ")";
        return passing ? again(why + where, now) : new TargetState.Failed(why + where);
    }

    private TargetState again(String why, Instant now) {
        if (attempt.tries() > plan().persistence().retries()) {
            return new TargetState.Failed(why);
        }
        return new TargetState.Waiting(
                now.plus(plan().persistence().pause(attempt.tries())), "to be tried again: " + why);
    }

    private TargetState returning(String why, boolean sent) {
        return sent && attempt.tries() > plan().persistence().retries() + Limits.CUT_OFF
                ? new TargetState.Failed("it is given up, for it goes away each time that it is asked: " + why)
                : new TargetState.Offline("it is done when it returns: " + why);
    }
}
