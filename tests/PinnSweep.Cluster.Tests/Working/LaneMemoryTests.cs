using System.Collections.Immutable;
using PinnSweep.Cluster.Working;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Cluster.Tests.Working;

public sealed class LaneMemoryTests : IDisposable
{
    private static readonly ShapeOnHardware Known = new("GPU-a cuda", "0123456789abcdef");
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_settled_is_there_after_a_restart_and_what_is_still_tried_is_not()
    {
        var path = Path.Combine(_folder.Path, "lanes.json");
        new LaneMemory(path).Save(ImmutableDictionary<ShapeOnHardware, ShapeLimit>.Empty
            .Add(Known, new(12, true, "helmholtz, mlp", "memory"))
            .Add(Known with { Hardware = "GPU-b cuda" }, new(8, false, "helmholtz, mlp", "more are tried") { BestLanes = 4, BestPace = 9 }));

        var loaded = new LaneMemory(path).Load();

        Assert.Equal(new(12, true, "helmholtz, mlp", "memory"), loaded[Known]);
        Assert.Single(loaded);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[{\"Hardware\":null,\"Shape\":\"a\",\"Lanes\":3},{\"Hardware\":\"h\",\"Shape\":\"a\",\"Lanes\":0}]")]
    public void A_file_that_cannot_be_read_is_nothing_remembered(string text)
    {
        var path = Path.Combine(_folder.Path, "lanes.json");
        File.WriteAllText(path, text);

        Assert.Empty(new LaneMemory(path).Load());
    }

    [Fact]
    public void Without_a_file_and_where_none_can_be_written_nothing_happens()
    {
        new LaneMemory(null).Save(ImmutableDictionary<ShapeOnHardware, ShapeLimit>.Empty);
        var nowhere = new LaneMemory(Path.Combine(_folder.Path, "none", "lanes.json"));
        nowhere.Save(ImmutableDictionary<ShapeOnHardware, ShapeLimit>.Empty);

        Assert.Empty(new LaneMemory(null).Load());
        Assert.Empty(nowhere.Load());
    }
}
