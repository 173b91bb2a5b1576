using System.Collections.Concurrent;
using System.Collections.Immutable;
using PinnSweep.Reports.Model.Published;

namespace PinnSweep.Reports.Model;

/// <summary>
/// What is computed of a report: each once, when first asked for, although tables, figures and several formats say it. All of it is a pure
/// function of the report and may be asked by several threads at once.
/// </summary>
public sealed class ReportFindings
{
    private readonly StudyReport _report;
    private readonly Lazy<FactorEffects?> _factors;
    private readonly Lazy<ImmutableArray<LevelContrast>> _contrasts;
    private readonly Lazy<ImmutableArray<Reproduction>> _reproductions;
    private readonly ConcurrentDictionary<ReportBlock, BlockFindings> _blocks = new(ReferenceEqualityComparer.Instance);

    /// <summary>The findings of a report; nothing is computed yet.</summary>
    public ReportFindings(StudyReport report)
    {
        _report = report;
        _factors = new(() => FactorEffects.Of(report));
        _contrasts = new(() => LevelContrast.AllOf(report));
        _reproductions = new(() => Reproduction.AllOf(report));
    }

    /// <summary><see cref="FactorEffects.Of"/>.</summary>
    public FactorEffects? Factors => _factors.Value;

    /// <summary><see cref="LevelContrast.AllOf"/>.</summary>
    public ImmutableArray<LevelContrast> Contrasts => _contrasts.Value;

    /// <summary><see cref="Reproduction.AllOf"/>.</summary>
    public ImmutableArray<Reproduction> Reproductions => _reproductions.Value;

    /// <summary>What is computed of one block.</summary>
    public BlockFindings this[ReportBlock block] => _blocks.GetOrAdd(block, static (block, report) => new(report, block), _report);
}

/// <summary>What is computed of one block, each once.</summary>
public sealed class BlockFindings
{
    private readonly Lazy<Aggregate?> _aggregate;
    private readonly Lazy<ImmutableArray<PairComparison>> _pairs;
    private readonly Lazy<ImmutableArray<ControlComparison>> _comparisons;
    private readonly Lazy<ImmutableArray<Parity>> _parities;
    private readonly Lazy<ImmutableArray<RankStability>> _stability;
    private readonly Lazy<ImmutableArray<UndecidedComparison>> _undecided;

    /// <summary>The findings of a block of a report; nothing is computed yet.</summary>
    public BlockFindings(StudyReport report, ReportBlock block)
    {
        // Nothing is compared on a void problem.
        block = block.Sound;
        _aggregate = new(() => report.IsOverProblems ? Aggregate.Of(block, report.ControlRow, report.HasNemenyi) : null);
        _pairs = new(() => PairComparison.AllOf(report, block));
        _comparisons = new(() => ControlComparison.AllOf(block, report.ControlRow));
        _parities = new(() => [.. block.Columns.Select(column => Parity.Of(report, block, column)).OfType<Parity>()]);
        _stability = new(() => RankStability.AllOf(block, _aggregate.Value));
        _undecided = new(() => [.. UndecidedComparison.AllOf(block, report.ControlRow)]);
    }

    /// <summary>
    /// Methods over all problems; null where columns are no problems, and as <see cref="PinnSweep.Reports.Model.Aggregate.Of"/> says.
    /// </summary>
    public Aggregate? Aggregate => _aggregate.Value;

    /// <summary><see cref="PairComparison.AllOf"/>.</summary>
    public ImmutableArray<PairComparison> Pairs => _pairs.Value;

    /// <summary><see cref="ControlComparison.AllOf"/>.</summary>
    public ImmutableArray<ControlComparison> Comparisons => _comparisons.Value;

    /// <summary><see cref="Parity.Of"/>, column by column.</summary>
    public ImmutableArray<Parity> Parities => _parities.Value;

    /// <summary><see cref="RankStability.AllOf"/>.</summary>
    public ImmutableArray<RankStability> Stability => _stability.Value;

    /// <summary><see cref="UndecidedComparison.AllOf"/>.</summary>
    public ImmutableArray<UndecidedComparison> Undecided => _undecided.Value;
}
