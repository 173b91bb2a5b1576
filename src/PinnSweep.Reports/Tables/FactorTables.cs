using System.Collections.Immutable;
using System.Globalization;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Statistics;
using PinnSweep.Reports.Texts;

namespace PinnSweep.Reports.Tables;

/// <summary>Which factor matters: effects of the factors and of their levels.</summary>
internal static class FactorTables
{
    /// <summary>Main effects and interactions, the largest share first.</summary>
    public static TableModel Effects(StudyReport report, FactorEffects effects)
    {
        var rows = effects.Effects.OrderByDescending(effect => effect.Effect.PartialEtaSquared).Select(effect => ImmutableArray.Create<TableCell>(
        [
            string.Join(" × ", effect.Factors.Select(report.Axes.WordOf)),
            FormattableString.Invariant($"{effect.Effect.DegreesOfFreedom}, {effect.Effect.ResidualDegreesOfFreedom}"),
            NumberText.Fixed(effect.Effect.PartialEtaSquared, 3),
            double.IsInfinity(effect.Effect.F) ? "∞" : NumberText.Decimal(effect.Effect.F, 3),
            NumberText.Probability(effect.Effect.P),
            NumberText.Probability(effect.Holm),
            effect.Spread is { } spread ? TableCell.Of(new Inline.Decimal(spread, 3), new Inline.Words("×")) : "–",
        ])).ToImmutableArray();
        var permutations = effects.Effects.Select(effect => effect.Effect.Permutations).ToArray();
        return new(
            "factors",
            $"Which factor matters: main effects and interactions on log10 of the {report.Header.MetricName}, over {effects.Trials.ToString(CultureInfo.InvariantCulture)} trials.",
            [new("effect", false), new("df"), new("share (partial η²)"), new("F"), new("p"), new("p (Holm)"), new("best to worst level")],
            rows,
            [
                "Sums of squares of type II against the residual of the full model, with the degrees of freedom (df) of both; partial η² is the effect's share of itself and that residual. Best to worst level: ratio of adjusted geometric means, the other factors held equal.",
                $"p: share of permutations with an F at least as large as the one printed. Permuted inside seeds are the residuals of the model that holds everything but the effect (Freedman and Lane), {(permutations.Min() == permutations.Max() ? "" : $"{permutations.Min().ToString(CultureInfo.InvariantCulture)} to ")}{permutations.Max().ToString(CultureInfo.InvariantCulture)} times, seed {PermutationAnova.Seed.ToString(CultureInfo.InvariantCulture)}: no distribution is assumed.",
                .. effects.Diverged > 0
                    ? new[] { $"{effects.Diverged.ToString(CultureInfo.InvariantCulture)} {(effects.Diverged == 1 ? "trial" : "trials")} without a finite error {(effects.Diverged == 1 ? "counts" : "count")} as the largest error of the problem." }
                    : [],
            ]);
    }

    /// <summary>The levels of every factor that varies, beside the mean of all.</summary>
    public static TableModel Levels(StudyReport report, FactorEffects effects) => new(
        "levels",
        $"Levels of the factors: {report.Header.MetricName} relative to the factor's mean level, the other factors held equal; below 1 is better.",
        [new("factor", false), new("level", false), new("trials"), new("relative error")],
        [
            .. effects.Levels.GroupBy(level => level.Factor).SelectMany(levels => levels.OrderBy(level => level.Ratio)).Select(level => ImmutableArray.Create<TableCell>(
            [
                report.Axes.WordOf(level.Factor),
                level.Label,
                level.Trials.ToString(CultureInfo.InvariantCulture),
                TableCell.Of(new Inline.Decimal(level.Ratio, 3), new Inline.Words("×")),
            ])),
        ],
        ["Marginal geometric means of the model without interactions: where an interaction is strong, the factor's best level depends on the other factor."]);
}
