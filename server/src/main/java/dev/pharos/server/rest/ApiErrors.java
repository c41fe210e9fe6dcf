// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pharos.controller.peer.AnswerMismatchException;
import dev.pharos.controller.peer.CallException;
import dev.pharos.controller.peer.CallTimedOutException;
import dev.pharos.controller.peer.DeviceUnreachableException;
import dev.pharos.controller.peer.RequestFailedException;
import dev.pharos.controller.peer.TooManyCallsException;
import dev.pharos.controller.store.StoreException;
import dev.pharos.server.rest.json.BadRequestException;
import dev.pharos.server.rest.json.Problem;
import dev.pharos.server.store.OthersDeviceException;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.message.UspError;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collection;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.catalina.connector.ClientAbortException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.util.UriUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/// Turns every failure into problem details.
@RestControllerAdvice
public final class ApiErrors {
    private static final Logger LOG = LoggerFactory.getLogger(ApiErrors.class);

    private static final Pattern OF_A_DEVICE = Pattern.compile("(/api/v1/devices/)([^/]+)(.*)");

    static final Problem DATABASE_GONE = Problem.of(
            503, "Database not available", "The server cannot reach its database now; try again in a moment.");

    private final UnaryOperator<EndpointId> names;

    @Autowired
    public ApiErrors(CwmpRequests cwmp) {
        this(cwmp::now);
    }

    /// @param names by which a device is known now, of one that it had before
    ApiErrors(UnaryOperator<EndpointId> names) {
        this.names = names;
    }

    /// Who asks a device by a name that it had before is sent to where it is now.
    @ExceptionHandler
    public ResponseEntity<Problem> onProblem(ApiException failure, HttpServletRequest request) {
        return moved(failure.unknown(), request).orElseGet(() -> {
            HttpHeaders headers = new HttpHeaders();
            failure.retryAfter()
                    .ifPresent(
                            wait -> headers.set(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, wait.toSeconds()))));
            return answer(failure.problem(), headers);
        });
    }

    private Optional<ResponseEntity<Problem>> moved(String device, HttpServletRequest request) {
        Matcher address = OF_A_DEVICE.matcher(request.getRequestURI());
        if (!address.matches() || !UriUtils.decode(address.group(2), UTF_8).equals(device)) {
            return Optional.empty();
        }
        if (request.getMethod().equals("DELETE") && address.group(3).isEmpty()) {
            // whoever has a name from before forgotten does not mean the record of now
            return Optional.empty();
        }
        Optional<EndpointId> moved = movedTo(device);
        if (moved.isEmpty()) {
            return Optional.empty();
        }
        EndpointId now = moved.get();
        String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
        String place = address.group(1) + UriUtils.encode(now.toString(), UTF_8) + address.group(3) + query;
        return Optional.of(ResponseEntity.status(HttpStatus.TEMPORARY_REDIRECT)
                .header(HttpHeaders.LOCATION, place)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(Problem.of(307, "Known by another name", device + " is known as " + now + " now.")));
    }

    @ExceptionHandler
    ResponseEntity<Problem> onBadRequest(BadRequestException wrong) {
        return answer(bad(wrong.field(), wrong.reason()));
    }

    private Optional<EndpointId> movedTo(String device) {
        try {
            EndpointId before = EndpointId.parse(device);
            return Optional.of(names.apply(before)).filter(now -> !now.equals(before));
        } catch (MalformedInputException notOne) {
            return Optional.empty();
        }
    }

    /// What the device, or the way to it, said.
    @ExceptionHandler
    public ResponseEntity<Problem> onCall(CallException failure) {
        return answer(
                switch (failure) {
                    case RequestFailedException refused -> refused(refused.error());
                    case DeviceUnreachableException away ->
                        Problem.of(
                                409,
                                "Device not reachable",
                                "The device cannot be reached: " + away.reason() + ". It was last seen "
                                        + away.lastSeen().map(Object::toString).orElse("never") + ".");
                    case CallTimedOutException late ->
                        Problem.of(504, "Device did not answer", sentence(late.reason()));
                    case TooManyCallsException many ->
                        Problem.of(429, "Too many requests to this device", sentence(many.reason()));
                    case AnswerMismatchException nonsense ->
                        Problem.of(502, "Device answered nonsense", sentence(nonsense.reason()));
                });
    }

    private static Problem refused(UspError error) {
        return new Problem(
                "about:blank",
                "Refused by the device",
                422,
                "The device refused: " + error.fault(),
                null,
                (long) error.fault().errCode().code(),
                error.fault().errMsg(),
                error.parameterErrors().stream()
                        .map(parameter -> new Problem.ProblemParamError(
                                parameter.paramPath(),
                                parameter.fault().errCode().code(),
                                parameter.fault().errMsg()))
                        .toList(),
                null);
    }

    private static String sentence(String reason) {
        return Character.toUpperCase(reason.charAt(0)) + reason.substring(1) + ".";
    }

    /// It says no more than that the name is not free, which whoever makes a device cannot but learn.
    @ExceptionHandler
    public ResponseEntity<Problem> onOthers(OthersDeviceException taken) {
        return answer(Problem.of(409, "Not free", sentence(String.valueOf(taken.getMessage()))));
    }

    @ExceptionHandler
    ResponseEntity<Problem> onStore(StoreException failed) {
        LOG.warn("a request could not be answered: {}", failed.getMessage());
        return answer(DATABASE_GONE);
    }

    @ExceptionHandler
    ResponseEntity<Problem> onUnreadable(HttpMessageNotReadableException unreadable) {
        Throwable cause = unreadable.getCause();
        if (cause instanceof StreamReadException syntax) {
            String what = syntax.getOriginalMessage().replaceAll(" \\(start marker.*", "");
            return answer(bad(
                    "",
                    "The body is no JSON: " + what + " (line "
                            + syntax.getLocation().getLineNr() + ", column "
                            + syntax.getLocation().getColumnNr() + ")"));
        }
        if (cause instanceof UnrecognizedPropertyException unknown) {
            String field = path(unknown);
            String known = names(unknown.getKnownPropertyIds());
            return answer(bad(field, "\"" + field + "\" is not a field here; allowed are: " + known));
        }
        if (cause instanceof MismatchedInputException mismatch) {
            String field = path(mismatch);
            String what = field.isEmpty() ? "The body" : "\"" + field + "\"";
            return answer(bad(field, what + " must be " + kind(mismatch.getTargetType())));
        }
        return answer(bad("", "The body is missing; it must be a JSON object"));
    }

    private static String names(Collection<Object> names) {
        return names == null
                ? ""
                : names.stream().map(Object::toString).sorted().collect(Collectors.joining(", "));
    }

    private static String path(DatabindException failure) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference step : failure.getPath()) {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return path.toString();
    }

    private static String kind(Class<?> type) {
        if (type == String.class) {
            return "a text";
        }
        if (type == Boolean.class) {
            return "true or false";
        }
        if (type == Integer.class || type == Long.class) {
            return "a whole number";
        }
        return Collection.class.isAssignableFrom(type) ? "a list" : "a JSON object";
    }

    @ExceptionHandler
    ResponseEntity<Problem> onType(MethodArgumentTypeMismatchException wrong) {
        Class<?> type = wrong.getRequiredType();
        Throwable cause = wrong.getMostSpecificCause();
        String allowed = type == null || cause instanceof NumberFormatException
                ? "must be a whole number"
                : "is not right: " + cause.getMessage();
        return answer(bad(wrong.getName(), "\"" + wrong.getName() + "\" " + allowed));
    }

    /// Whoever asked has gone, which is no defect: nobody is left to be answered.
    @ExceptionHandler
    @Nullable
    ResponseEntity<Problem> onGone(AsyncRequestNotUsableException gone) {
        LOG.debug("whoever asked has gone: {}", gone.getMessage());
        return null;
    }

    /// Whether an answer could not be written since whoever asked has gone: what writes it wraps that in its own way.
    private static boolean hasGone(Throwable failure) {
        Throwable cause = failure;
        for (int deep = 0; cause != null && deep < Limits.CAUSES; deep++) {
            if (cause instanceof ClientAbortException || cause instanceof AsyncRequestNotUsableException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<Problem> onAnythingElse(Exception failure) {
        if (hasGone(failure)) {
            LOG.debug("whoever asked has gone", failure);
            return null;
        }
        if (failure instanceof ErrorResponse response) {
            HttpStatusCode status = response.getStatusCode();
            String detail = response.getBody().getDetail();
            return answer(
                    Problem.of(
                            status.value(),
                            String.valueOf(response.getBody().getTitle()),
                            detail == null ? "" : detail),
                    response.getHeaders());
        }
        LOG.error("a request failed by a defect of ours", failure);
        return answer(Problem.of(500, "Defect", "The server has a defect; its log has the details."));
    }

    private static Problem bad(String field, String detail) {
        return new Problem(
                "about:blank",
                "Bad request",
                400,
                detail + ".",
                field.isEmpty() ? null : field,
                null,
                null,
                null,
                null);
    }

    private static ResponseEntity<Problem> answer(Problem problem) {
        return answer(problem, HttpHeaders.EMPTY);
    }

    private static ResponseEntity<Problem> answer(Problem problem, HttpHeaders headers) {
        return ResponseEntity.status(problem.status())
                .headers(headers)
                .contentType(MediaType.parseMediaType(Problem.MEDIA_TYPE))
                .body(problem);
    }
}
