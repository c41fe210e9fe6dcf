// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.genieacs;

import org.mozilla.javascript.CompilerEnvirons;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.ErrorReporter;
import org.mozilla.javascript.EvaluatorException;
import org.mozilla.javascript.Parser;
import org.mozilla.javascript.ast.AstNode;
import org.mozilla.javascript.ast.AstRoot;
import org.mozilla.javascript.ast.FunctionNode;
import org.mozilla.javascript.ast.NodeVisitor;

/// Scripts of an export, read and never executed.
final class ScriptText {
    private static final String BEFORE = "(function(){";
    private static final String AFTER = "\n})";

    private ScriptText() {}

    /// @return the body of the script, whose lines count from 1
    static AstNode read(String script) throws UntranslatableException {
        if (script.length() > Limits.SCRIPT) {
            throw new UntranslatableException("the script has more than " + Limits.SCRIPT + " characters");
        }
        CompilerEnvirons environment = new CompilerEnvirons();
        environment.setLanguageVersion(Context.VERSION_ES6);
        environment.setRecoverFromErrors(false);
        environment.setGenerateDebugInfo(false);
        try {
            AstRoot root = new Parser(environment, new Reporter()).parse(BEFORE + script + AFTER, "script", 1);
            Body body = new Body();
            root.visit(body);
            if (body.found == null) {
                throw new UntranslatableException("the script is empty");
            }
            return body.found;
        } catch (EvaluatorException wrong) {
            throw new UntranslatableException("line " + wrong.lineNumber() + " cannot be read: "
                    + UntranslatableException.quoted(wrong.details()));
        } catch (StackOverflowError deep) {
            // the reader descends with the text, which may be a hundred thousand parentheses
            throw new UntranslatableException("the script is nested too deep");
        }
    }

    private static final class Body implements NodeVisitor {
        @org.jspecify.annotations.Nullable
        AstNode found;

        @Override
        public boolean visit(AstNode node) {
            if (found == null && node instanceof FunctionNode function) {
                found = function.getBody();
            }
            return found == null;
        }
    }

    private static final class Reporter implements ErrorReporter {
        @Override
        public void warning(String message, String source, int line, String text, int offset) {
            // what is only odd can be read
        }

        @Override
        public void error(String message, String source, int line, String text, int offset) {
            throw runtimeError(message, source, line, text, offset);
        }

        @Override
        public EvaluatorException runtimeError(String message, String source, int line, String text, int offset) {
            return new EvaluatorException(message, source, line, text, offset);
        }
    }
}
