// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.server.rest.json.Problem;
import dev.pharos.usp.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A request cannot be answered as asked; the problem says why.
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final transient Optional<Duration> retryAfter;

    /// Which device is not there; empty where it is about something else.
    private final String unknown;

    public ApiException(int status, String title, String detail) {
        this(Problem.of(status, title, detail), Optional.empty(), "");
    }

    public Problem problem() {
        return problem;
    }

    /// The same, saying when it may be tried again.
    ApiException after(Duration wait) {
        return new ApiException(problem, Optional.of(wait), unknown);
    }

    /// When it may be tried again, where that is known.
    Optional<Duration> retryAfter() {
        return retryAfter;
    }

    private ApiException(Problem problem) {
        this(problem, Optional.empty(), "");
    }

    private ApiException(Problem problem, Optional<Duration> retryAfter, String unknown) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
        this.retryAfter = retryAfter;
        this.unknown = unknown;
    }

    /// The device that the inventory does not have; empty where it is about something else.
    String unknown() {
        return unknown;
    }

    /// Nothing was done yet: it waits for a second person.
    static ApiException waits(long approval, String detail) {
        return new ApiException(
                new Problem("about:blank", "Waits for a second person", 409, detail, null, null, null, null, approval));
    }

    /// The device was asked, and refuses.
    public static ApiException refusedByDevice(Fault fault) {
        return refusedByDevice(fault, null);
    }

    /// The same, with what it says of single parameters.
    public static ApiException refusedByDevice(Fault fault, @Nullable List<Problem.ProblemParamError> paramErrs) {
        return new ApiException(new Problem(
                "about:blank",
                "Refused by the device",
                422,
                "The device refused: " + fault,
                null,
                (long) fault.errCode().code(),
                fault.errMsg(),
                paramErrs,
                null));
    }

    public static ApiException unknownDevice(String id) {
        return new ApiException(
                Problem.of(404, "Unknown device", "The inventory has no device " + id + "."), Optional.empty(), id);
    }
}
