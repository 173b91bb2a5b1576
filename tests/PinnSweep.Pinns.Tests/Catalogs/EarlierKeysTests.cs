using PinnSweep.Methods.Catalogs;
using PinnSweep.Studies.BuiltInStudies;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Planning;

namespace PinnSweep.Pinns.Tests.Catalogs;

/// <summary>
/// Studies that were stored before parameters came later or defaults changed: with the values of before written out they are the same
/// studies, trial by trial, so a store's results are found again. The hashes are those that `plan STUDY --json` printed at commit f014478.
/// </summary>
public sealed class EarlierKeysTests
{
    [Theory]
    [InlineData("quickstart", "lr: 5e-3,", "lr: 5e-3, state: double,", "53fedbf812ce025db582191684bfa5ede9ac02c41a21702262e48fe36cc40a86")]
    [InlineData("lra-helmholtz", "lr: 1e-3,", "lr: 1e-3, state: double,", "1399b0f746e0ac4fac022726968e2b16923f0245517edf83f0d33fe4209a3b14")]
    public void A_study_from_before_keeps_its_hash(string name, string today, string before, string hash)
    {
        var text = BuiltInStudies.Find(name)!.Text.Replace(today, before, StringComparison.Ordinal);

        Assert.Equal(hash, Planner.Plan(StudyFile.Parse(text, $"{name}.yaml", PinnCatalog.Instance), PinnCatalog.Instance).Hash);
    }
}
