/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.top;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What keys do. Pure. */
final class Pressed {
    private static final Map<Character, String> SORTS =
            Map.of('U', "use", 'N', "pod", 'C', "container", 'D', "disk", 'F', "source", 'S', "since");

    private Pressed() {}

    /**
     * @param shown the columns that there is room for
     * @param page how many rows are in sight
     * @param last how far there is to scroll
     * @return what is to be seen now; empty for the end
     */
    static Optional<View> on(View view, Key key, List<Column> shown, int page, int last) {
        if (key.kind() == Key.Kind.CLOSED) {
            return Optional.empty();
        }
        if (view.typed().isPresent()) {
            return Optional.of(typed(view, view.typed().get(), key));
        }
        if (view.isHelp()) {
            return isQuit(key) && key.kind() == Key.Kind.LETTER ? Optional.empty() : Optional.of(view.help(false));
        }
        return isQuit(key) ? Optional.empty() : Optional.of(moved(view, key, shown, page, last));
    }

    private static boolean isQuit(Key key) {
        return key.equals(Key.letter('q')) || key.equals(Key.letter('Q'));
    }

    private static View typed(View view, String text, Key key) {
        return switch (key.kind()) {
            case LETTER -> view.typing(Optional.of(text + key.letter())).top(0);
            case BACKSPACE -> view.typing(Optional.of(text.substring(0, Math.max(0, text.length() - 1))));
            case ENTER -> view.filter(text);
            case ESCAPE -> view.filter("");
            default -> view;
        };
    }

    private static View moved(View view, Key key, List<Column> shown, int page, int last) {
        var top = Math.min(view.top(), last);
        return switch (key.kind()) {
            case LETTER -> letter(view, key.letter(), shown);
            case UP -> view.top(top - 1);
            case DOWN -> view.top(Math.min(last, top + 1));
            case PAGE_UP -> view.top(top - page);
            case PAGE_DOWN -> view.top(Math.min(last, top + page));
            case HOME -> view.top(0);
            case END -> view.top(last);
            case LEFT -> beside(view, shown, -1);
            case RIGHT -> beside(view, shown, 1);
            case ESCAPE -> view.filter("");
            default -> view;
        };
    }

    private static View letter(View view, char letter, List<Column> shown) {
        return switch (letter) {
            case '<', ',' -> beside(view, shown, -1);
            case '>', '.' -> beside(view, shown, 1);
            case 'r', 'R', 'I' -> view.reversed();
            case '/' -> view.typing(Optional.of(view.filter()));
            case 'l' -> view.onlyLimited(!view.onlyLimited());
            case 'b' -> view.unit(view.unit().next());
            case ' ' -> view.paused(!view.isPaused());
            case '?', 'h' -> view.help(true);
            default ->
                Optional.ofNullable(SORTS.get(letter))
                        .flatMap(Columns::named)
                        .map(view::sort)
                        .orElse(view);
        };
    }

    /** Sorted by the next column in sight. */
    private static View beside(View view, List<Column> shown, int step) {
        var sortable = shown.stream().filter(column -> !column.id().isEmpty()).toList();
        if (sortable.isEmpty()) {
            return view;
        }
        var at = sortable.indexOf(view.sort());
        var next = at < 0 ? 0 : Math.floorMod(at + step, sortable.size());
        return view.sortMoved(sortable.get(next));
    }
}
