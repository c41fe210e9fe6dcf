// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.operation;

import dev.pharos.agent.config.Limits;
import dev.pharos.usp.Fault;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import dev.pharos.usp.message.GetSupportedDmResponse.SupportedObject;
import dev.pharos.usp.message.ParameterSetting;
import dev.pharos.usp.message.UspError;
import java.util.List;
import java.util.Map;

/// What the answer to one request may still hold. A few bytes can ask for the whole data model ten thousand times:
/// such a request is refused while its answer is put together, before the memory is full.
final class AnswerBudget {
    /// What an entry takes beside its text.
    private static final long ENTRY = 48;

    /// What looking for rows costs, in characters of an answer: tables are gone through even where nothing is found.
    private static final long SEARCH = 1024;

    private long left;

    AnswerBudget() {
        this(Limits.ANSWER_CHARACTERS);
    }

    private AnswerBudget(long left) {
        this.left = left;
    }

    /// For an attempt, which may not be the last.
    AnswerBudget attempt() {
        return new AnswerBudget(left);
    }

    /// This attempt is what becomes of it.
    void accept(AnswerBudget attempt) {
        left = attempt.left;
    }

    /// A path of the request, of which the answer says something whatever that is.
    void requested(String path) {
        take(ENTRY + path.length() + (path.indexOf('[') >= 0 || path.indexOf('*') >= 0 ? SEARCH : 0));
    }

    /// Why nothing is said of it.
    void refused(UspException refusal) {
        take(ENTRY + refusal.fault().errMsg().length());
    }

    void object(String path) {
        take(ENTRY + path.length());
    }

    void object(String path, Map<String, String> values) {
        object(path);
        values.forEach((name, value) -> take(ENTRY + name.length() + value.length()));
    }

    void object(String path, List<ParameterSetting> settings) {
        object(path);
        settings.forEach(setting ->
                take(ENTRY + setting.param().length() + setting.value().length()));
    }

    void definition(SupportedObject object) {
        long elements = 0L
                + object.supportedParams().size()
                + object.supportedCommands().size()
                + object.supportedEvents().size();
        take(ENTRY * (1 + elements) + object.supportedObjPath().length());
        object.divergentPaths().forEach(this::object);
    }

    private void take(long characters) {
        left -= characters;
        if (left < 0) {
            throw new MessageRefusal(new UspError(new Fault(
                    StandardErrorCode.RESOURCES_EXCEEDED,
                    "the answer would be too large; ask for fewer paths at once, or for less depth")));
        }
    }
}
