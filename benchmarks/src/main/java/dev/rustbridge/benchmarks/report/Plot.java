package dev.rustbridge.benchmarks.report;

import dev.rustbridge.benchmarks.Entrant;
import dev.rustbridge.benchmarks.Mode;
import dev.rustbridge.benchmarks.Scenario;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A panel of bars for each scenario, in SVG that can be read on light and on dark ground.
 */
final class Plot {

	private static final int COLUMNS = 2;

	private static final int PANEL_WIDTH = 560;

	private static final int BAR_HEIGHT = 14;

	private static final int BAR_STEP = 20;

	private static final int LABEL_WIDTH = 190;

	private static final int VALUE_WIDTH = 80;

	private static final int TITLE_HEIGHT = 44;

	private static final int GAP = 24;

	private static final String STYLE = """
			<style>
			text { font: 12px system-ui, sans-serif; fill: #24292f }
			.title { font-weight: 600; font-size: 13px }
			.note { fill: #57606a }
			.ours { fill: #b7410e }
			.peer { fill: #6e7781 }
			.floor { fill: #c3cad2 }
			.ground { fill: #ffffff }
			@media (prefers-color-scheme: dark) {
			  text { fill: #e6edf3 }
			  .note { fill: #9198a1 }
			  .ours { fill: #f0753b }
			  .peer { fill: #8b949e }
			  .floor { fill: #4a525b }
			  .ground { fill: #0d1117 }
			}
			</style>
			""";

	private final Results results;

	private final Mode mode;

	Plot(Results results, Mode mode) {
		this.results = results;
		this.mode = mode;
	}

	String svg() {
		List<Scenario> scenarios = results.scenarios();
		int panelHeight = TITLE_HEIGHT + results.entrants().size() * BAR_STEP + GAP;
		int rows = (scenarios.size() + COLUMNS - 1) / COLUMNS;
		int width = COLUMNS * (PANEL_WIDTH + GAP) + GAP;
		int height = rows * panelHeight + GAP;
		StringBuilder out = new StringBuilder();
		out.append(String.format(Locale.ROOT,
				"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n",
				width, height, mode.title()));
		out.append(STYLE);
		out.append("<rect class=\"ground\" width=\"100%\" height=\"100%\"/>\n");
		for (int i = 0; i < scenarios.size(); i++) {
			int x = GAP + i % COLUMNS * (PANEL_WIDTH + GAP);
			int y = GAP + i / COLUMNS * panelHeight;
			panel(out, scenarios.get(i), x, y);
		}
		return out.append("</svg>\n").toString();
	}

	private void panel(StringBuilder out, Scenario scenario, int x, int y) {
		boolean timed = scenario.kind().isTimed();
		text(out, "title", x, y + 14, scenario.title());
		text(out, "note", x, y + 30, timed ? "median time, shorter is better" : "in a second, longer is better");
		double most = 0;
		for (Entrant entrant : results.entrants()) {
			// the floor of a rate is so far above all else that nothing else could be
			// told apart
			if (timed || entrant.side() != Entrant.Side.FLOOR) {
				most = Math.max(most, figures(scenario, entrant).map(Figures::main).orElse(0.0));
			}
		}
		int line = y + TITLE_HEIGHT;
		for (Entrant entrant : results.entrants()) {
			text(out, "", x, line + BAR_HEIGHT - 3, entrant.title());
			Optional<Figures> figures = figures(scenario, entrant);
			int left = x + LABEL_WIDTH;
			if (figures.isEmpty()) {
				text(out, "note", left, line + BAR_HEIGHT - 3, "–");
			}
			else {
				double room = PANEL_WIDTH - LABEL_WIDTH - VALUE_WIDTH;
				double length = Math.max(Math.min(figures.get().main() / most, 1) * room, 1);
				out.append(String.format(Locale.ROOT,
						"<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\"/>%n",
						entrant.side().name().toLowerCase(Locale.ROOT), left, line, length, BAR_HEIGHT));
				String beyond = figures.get().main() > most ? " →" : "";
				text(out, "", (int) (left + length + 6), line + BAR_HEIGHT - 3, Format.main(figures.get()) + beyond);
			}
			line += BAR_STEP;
		}
	}

	private Optional<Figures> figures(Scenario scenario, Entrant entrant) {
		return results.figures(mode, scenario, entrant).filter(Figures::isThere);
	}

	private static void text(StringBuilder out, String style, int x, int y, String text) {
		out.append(String.format(Locale.ROOT, "<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>%n", style, x, y, text));
	}

}
