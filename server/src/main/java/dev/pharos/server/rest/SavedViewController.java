// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.server.auth.AuthenticationFilter;
import dev.pharos.server.auth.Sessions;
import dev.pharos.server.rest.json.BadRequestException;
import dev.pharos.server.rest.json.SavedView;
import dev.pharos.server.rest.json.SavedViewBody;
import dev.pharos.server.rest.json.SavedViews;
import dev.pharos.server.rights.Needs;
import dev.pharos.server.rights.Reach;
import dev.pharos.server.rights.Reaches;
import dev.pharos.server.rights.Right;
import dev.pharos.server.store.SavedViewStore;
import dev.pharos.server.store.SavedViewStore.Owner;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// How whoever is signed in wants to see the table of devices. It changes nothing that others see, and shows no device
/// by itself: whoever opens a view asks for its devices as themselves.
@RestController
@RequestMapping(AuthenticationFilter.SESSION_PATH + "/views")
@Tag(name = "session")
@Needs(Right.SELF)
@Reaches(Reach.NONE)
public final class SavedViewController {
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._-]{0,59}");

    private final SavedViewStore views;
    private final DeviceQueries queries;
    private final Sessions sessions;
    private final Clock clock;

    public SavedViewController(SavedViewStore views, DeviceQueries queries, Sessions sessions, Clock clock) {
        this.views = views;
        this.queries = queries;
        this.sessions = sessions;
        this.clock = clock;
    }

    @GetMapping
    @Operation(operationId = "listViews", summary = "Your views of the table of devices")
    SavedViews list(HttpServletRequest request) {
        return new SavedViews(
                views.of(owner(request)).stream().map(SavedView::of).toList(), SavedViewStore.MOST);
    }

    @PutMapping("/{name}")
    @Operation(operationId = "saveView", summary = "Keep a view of the table of devices, or give it another content")
    SavedView put(@PathVariable String name, @RequestBody SavedViewBody body, HttpServletRequest request) {
        Owner owner = owner(request);
        String query = body.queryOrAll();
        queries.read("query", query);
        TableColumns.sort("sort", body.sortOrNewest());
        List<String> columns = TableColumns.columns("columns", body.namedColumns());
        String by = body.byOrNone();
        if (!by.isEmpty()) {
            TableColumns.facet("by", by);
        }
        SavedViewStore.SavedView view = new SavedViewStore.SavedView(
                checkedName(name), query, body.checkedShow(), body.sortOrNewest(), columns, by, now());
        if (!views.put(owner, view)) {
            throw new ApiException(
                    409,
                    "Too many views",
                    "You have " + SavedViewStore.MOST + " views, as many as may be; delete one first.");
        }
        return SavedView.of(view);
    }

    @DeleteMapping("/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deleteView", summary = "Forget a view of yours")
    void delete(@PathVariable String name, HttpServletRequest request) {
        if (!views.remove(owner(request), name)) {
            throw new ApiException(404, "Unknown view", "You have no view " + name + ".");
        }
    }

    /// As the database keeps it.
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private Owner owner(HttpServletRequest request) {
        return SessionOpener.owner(request, sessions);
    }

    private static String checkedName(String name) {
        String text = name.strip();
        if (!NAME.matcher(text).matches()) {
            throw new BadRequestException(
                    "name",
                    "must have 1 to 60 letters, digits, blanks, dots, dashes and underscores, a letter or digit first");
        }
        return text;
    }
}
