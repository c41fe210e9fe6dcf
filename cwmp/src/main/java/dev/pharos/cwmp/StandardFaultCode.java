// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The fault codes that TR-069 itself defines, of both sides (cwmp-1-0 to cwmp-1-4).
public enum StandardFaultCode implements FaultCode {
    ACS_METHOD_NOT_SUPPORTED(8000, "Method not supported"),
    ACS_REQUEST_DENIED(8001, "Request denied"),
    ACS_INTERNAL_ERROR(8002, "Internal error"),
    ACS_INVALID_ARGUMENTS(8003, "Invalid arguments"),
    ACS_RESOURCES_EXCEEDED(8004, "Resources exceeded"),
    ACS_RETRY_REQUEST(8005, "Retry request"),
    ACS_VERSION_INCOMPATIBLE(8006, "ACS version incompatible with CPE"),
    METHOD_NOT_SUPPORTED(9000, "Method not supported"),
    REQUEST_DENIED(9001, "Request denied"),
    INTERNAL_ERROR(9002, "Internal error"),
    INVALID_ARGUMENTS(9003, "Invalid arguments"),
    RESOURCES_EXCEEDED(9004, "Resources exceeded"),
    INVALID_PARAMETER_NAME(9005, "Invalid parameter name"),
    INVALID_PARAMETER_TYPE(9006, "Invalid parameter type"),
    INVALID_PARAMETER_VALUE(9007, "Invalid parameter value"),
    NON_WRITABLE_PARAMETER(9008, "Attempt to set a non-writable parameter"),
    NOTIFICATION_REQUEST_REJECTED(9009, "Notification request rejected"),
    FILE_TRANSFER_FAILURE(9010, "File transfer failure"),
    UPLOAD_FAILURE(9011, "Upload failure"),
    FILE_SERVER_AUTHENTICATION_FAILURE(9012, "File transfer server authentication failure"),
    UNSUPPORTED_PROTOCOL(9013, "Unsupported protocol for file transfer"),
    UNABLE_TO_JOIN_MULTICAST_GROUP(9014, "File transfer failure: unable to join multicast group"),
    UNABLE_TO_CONTACT_FILE_SERVER(9015, "File transfer failure: unable to contact file server"),
    UNABLE_TO_ACCESS_FILE(9016, "File transfer failure: unable to access file"),
    UNABLE_TO_COMPLETE_DOWNLOAD(9017, "File transfer failure: unable to complete download"),
    FILE_CORRUPTED(9018, "File transfer failure: file corrupted"),
    FILE_AUTHENTICATION_FAILURE(9019, "File transfer failure: file authentication failure"),
    OUTSIDE_OF_TIME_WINDOWS(9020, "File transfer failure: not possible within the time windows"),
    CANCELATION_NOT_PERMITTED(9021, "Cancelation of file transfer not permitted in its current state"),
    INVALID_UUID_FORMAT(9022, "Invalid UUID format"),
    UNKNOWN_EXECUTION_ENVIRONMENT(9023, "Unknown execution environment"),
    DISABLED_EXECUTION_ENVIRONMENT(9024, "Disabled execution environment"),
    EXECUTION_ENVIRONMENT_MISMATCH(9025, "Deployment unit to execution environment mismatch"),
    DUPLICATE_DEPLOYMENT_UNIT(9026, "Duplicate deployment unit"),
    SYSTEM_RESOURCES_EXCEEDED(9027, "System resources exceeded"),
    UNKNOWN_DEPLOYMENT_UNIT(9028, "Unknown deployment unit"),
    INVALID_DEPLOYMENT_UNIT_STATE(9029, "Invalid deployment unit state"),
    DOWNGRADE_NOT_PERMITTED(9030, "Invalid deployment unit update: downgrade not permitted"),
    VERSION_NOT_SPECIFIED(9031, "Invalid deployment unit update: version not specified"),
    VERSION_ALREADY_EXISTS(9032, "Invalid deployment unit update: version already exists");

    private static final Map<Integer, StandardFaultCode> BY_CODE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(StandardFaultCode::code, Function.identity()));

    private final int code;
    private final String title;

    StandardFaultCode(int code, String title) {
        this.code = code;
        this.title = title;
    }

    @Override
    public int code() {
        return code;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public boolean isOfClient() {
        return switch (this) {
            case ACS_INVALID_ARGUMENTS,
                    INVALID_ARGUMENTS,
                    INVALID_PARAMETER_NAME,
                    INVALID_PARAMETER_TYPE,
                    INVALID_PARAMETER_VALUE,
                    NON_WRITABLE_PARAMETER -> true;
            default -> false;
        };
    }

    static @Nullable StandardFaultCode byCode(int code) {
        return BY_CODE.get(code);
    }
}
