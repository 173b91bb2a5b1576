using PinnSweep.Studies.Planning.Stages;
using PinnSweep.Studies.Spaces;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Tests.Planning.Stages;

public sealed class StageJsonTests
{
    /// <summary>Null is a value that a parameter may have; a dimension that means nothing has none.</summary>
    [Fact]
    public void A_value_of_null_and_a_dimension_without_meaning_stay_apart()
    {
        var point = new SpacePoint([SpecValue.None.Value, null, new SpecValue.Number(0.1), new SpecValue.Flag(false), new SpecValue.List([]), SpecValue.Map.Empty]);
        var decision = new StageDecision(1, StageKind.Generation, "generation 2", false) { Searches = [new(0) { Proposed = [point] }] };

        var again = StageJson.Read(StageJson.Write(decision)).Searches[0].Proposed[0];

        Assert.Equal(point, again);
        Assert.Null(again.Values[1]);
        Assert.NotNull(again.Values[0]);
    }

    [Fact]
    public void Scores_of_failed_proposals_stay_infinite()
    {
        var decision = new StageDecision(1, StageKind.Generation, "", false)
        {
            Searches = [new(0) { Observed = [new(0, 0, double.PositiveInfinity, double.NaN, 2, 1.5)], Chosen = 0 }],
        };

        var again = StageJson.Read(StageJson.Write(decision));

        Assert.Equal(decision.Searches[0].Observed[0], again.Searches[0].Observed[0]);
        Assert.Equal(StageJson.Write(decision), StageJson.Write(again));
    }
}
