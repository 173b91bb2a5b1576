using System.Collections.Immutable;
using PinnSweep.Reports.Model.Tuning;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Planning;

namespace PinnSweep.Reports.Model;

/// <summary>What reports call the levels of a study, for whoever names one.</summary>
public static class StudyLevels
{
    /// <summary>The labels of a factor; of a study that tunes or has a design those of its file, whatever values were proposed.</summary>
    public static ImmutableArray<string> Of(StudyPlan plan, Factor factor) => StudyLabels.Of(StagedViews.Nominal(plan), factor);
}
