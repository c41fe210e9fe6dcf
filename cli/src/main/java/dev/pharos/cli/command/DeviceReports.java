// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.DeniedException;
import dev.pharos.cli.rest.Json;
import dev.pharos.cli.rest.RestClient;
import dev.pharos.cli.rest.UnreachableException;
import dev.pharos.cli.terminal.Terminal;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// The rows of `Device.BulkData.Profile.` of a device, over the server.
///
/// @param place of the device in the REST interface
record DeviceReports(RestClient client, String place) {
    private static final String ALL = "Device.BulkData.";
    private static final String PROFILES = ALL + "Profile.";
    private static final String PUSHED = "USPEventNotif";
    private static final String SUBSCRIPTIONS = "Device.LocalAgent.Subscription.";
    private static final String OURS = "bulk-reports";

    /// What a device is to report.
    ///
    /// @param seconds between two reports
    record Order(List<String> paths, long seconds) {
        Order {
            paths = List.copyOf(paths);
        }
    }

    /// The server's answer, with everything beneath `Device.BulkData.`.
    JsonNode all() throws DeniedException, UnreachableException {
        JsonNode answer = client.post(place + "/usp/get", RequestBodies.get(List.of(ALL)));
        for (JsonNode result : answer.path("requestedPathResults")) {
            if (result.path("errCode").asLong() != 0) {
                throw denied(result);
            }
        }
        return answer;
    }

    /// Adds a report that comes as an event.
    ///
    /// @return its row
    String addPushed(Order order) throws DeniedException, UnreachableException {
        String row = begun(order, PUSHED);
        return whole(row, () -> {
            parameters(row, order);
            if (!isSubscribed()) {
                added(client.post(
                        place + "/usp/add",
                        RequestBodies.add(
                                SUBSCRIPTIONS,
                                List.of(
                                        "ID=" + OURS,
                                        "NotifType=Event",
                                        "ReferenceList=" + PROFILES + "*.Push!",
                                        "Enable=true"))));
            }
        });
    }

    /// Adds a report that comes over HTTP, with a new login for the device.
    ///
    /// @param url of the server's collector
    /// @return its row
    String addSent(Order order, String url) throws DeniedException, UnreachableException {
        JsonNode login = client.post(place + "/collector-login", Json.object());
        String row = begun(order, "HTTP");
        return whole(row, () -> {
            parameters(row, order);
            set(
                    row + "HTTP.URL=" + url,
                    row + "HTTP.Username=" + login.path("username").asString(""),
                    row + "HTTP.Password=" + login.path("password").asString(""),
                    row + "HTTP.RetryEnable=true");
        });
    }

    private String begun(Order order, String protocol) throws DeniedException, UnreachableException {
        set(ALL + "Enable=true");
        return added(client.post(
                place + "/usp/add",
                RequestBodies.add(
                        PROFILES,
                        List.of("Protocol=" + protocol, "EncodingType=JSON", "ReportingInterval=" + order.seconds()))));
    }

    /// What is done to a row that is there already.
    @FunctionalInterface
    private interface Rest {
        void run() throws DeniedException, UnreachableException;
    }

    /// Where the device refuses some of it, it is as before.
    private String whole(String row, Rest rest) throws DeniedException, UnreachableException {
        boolean done = false;
        try {
            rest.run();
            set(row + "Enable=true");
            done = true;
            return row;
        } finally {
            if (!done) {
                delete(row);
            }
        }
    }

    private void parameters(String row, Order order) throws DeniedException, UnreachableException {
        for (String path : order.paths()) {
            added(client.post(place + "/usp/add", RequestBodies.add(row + "Parameter.", List.of("Reference=" + path))));
        }
    }

    private boolean isSubscribed() throws DeniedException, UnreachableException {
        String ours = SUBSCRIPTIONS + "[ID==\"" + OURS + "\"].";
        JsonNode answer = client.post(place + "/usp/get", RequestBodies.get(List.of(ours)));
        return !answer.at("/requestedPathResults/0/resolvedPathResults").isEmpty();
    }

    void force(String row) throws DeniedException, UnreachableException {
        JsonNode answer =
                client.post(place + "/usp/operate", RequestBodies.operate(row + "ForceCollection()", List.of()));
        JsonNode failure = answer.at("/operationResults/0/cmdFailure");
        if (!failure.isMissingNode()) {
            throw denied(failure);
        }
    }

    /// Also removes the subscription where no other report needs it.
    void remove(String row) throws DeniedException, UnreachableException {
        JsonNode failure = delete(row).at("/deletedObjectResults/0/operStatus/operFailure");
        if (!failure.isMissingNode()) {
            throw denied(failure);
        }
        boolean others = false;
        for (JsonNode found : all().at("/requestedPathResults/0/resolvedPathResults")) {
            others |= found.path("resultParams").path("Protocol").asString("").equals(PUSHED);
        }
        if (!others) {
            delete(SUBSCRIPTIONS + "[ID==\"" + OURS + "\"].");
        }
    }

    private JsonNode delete(String path) throws DeniedException, UnreachableException {
        return client.post(
                place + "/usp/delete",
                Json.object().put("allowPartial", false).set("objPaths", Json.array(List.of(path))));
    }

    private void set(String... assignments) throws DeniedException, UnreachableException {
        JsonNode answer = client.post(place + "/usp/set", RequestBodies.set(List.of(assignments), false));
        for (JsonNode result : answer.path("updatedObjectResults")) {
            JsonNode failure = result.path("operStatus").path("operFailure");
            if (!failure.isMissingNode()) {
                throw denied(failure);
            }
        }
    }

    /// @return the new row
    private static String added(JsonNode answer) throws DeniedException {
        JsonNode status = answer.at("/createdObjectResults/0/operStatus");
        if (status.path("operSuccess").isMissingNode()) {
            throw denied(status.path("operFailure"));
        }
        return status.at("/operSuccess/instantiatedPath").asString("");
    }

    private static DeniedException denied(JsonNode failure) {
        return new DeniedException(
                List.of("pharos: the device refuses: " + failure.path("errCode").asLong() + " "
                        + Terminal.safe(failure.path("errMsg").asString(""))));
    }
}
