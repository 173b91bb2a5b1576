using System.Collections.Immutable;
using PinnSweep.Problems.References;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Pinns.Tests.References;

public sealed class ReferenceCacheTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private int _computed;

    [Fact]
    public void A_reference_comes_from_the_file_as_it_was_computed()
    {
        var computed = new ReferenceCache(_folder.Path).Get("a", Compute);

        var read = new ReferenceCache(_folder.Path).Get("a", Compute);

        Assert.Equal(1, _computed);
        Assert.Equal(computed.Values, read.Values);
        Assert.Equal(computed.Nodes[1], read.Nodes[1]);
        Assert.Equal(computed.Measures, read.Measures);
        Assert.Equal(computed.Outputs, read.Outputs);
    }

    [Fact]
    public void Where_it_cannot_be_written_it_is_used_and_not_kept()
    {
        new ReferenceCache(_folder.Path).Get("a", Compute);
        var file = Directory.GetFiles(_folder.Path, "*.reference").Single();
        File.Delete(file);
        // A folder in the place of the file that is written first refuses it, as a full disk does.
        Directory.CreateDirectory($"{file}.{Environment.ProcessId}");

        var used = new ReferenceCache(_folder.Path).Get("a", Compute);

        Assert.Equal(4, used.Values.Length);
        Assert.False(File.Exists(file));
    }

    [Fact]
    public void Another_identity_is_another_reference()
    {
        var cache = new ReferenceCache(_folder.Path);

        cache.Get("a", Compute);
        cache.Get("b", Compute);

        Assert.Equal(2, _computed);
    }

    [Fact]
    public void A_file_that_was_cut_is_computed_again()
    {
        new ReferenceCache(_folder.Path).Get("a", Compute);
        var file = Directory.GetFiles(_folder.Path, "*.reference").Single();
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..40]);

        var again = new ReferenceCache(_folder.Path).Get("a", Compute);

        Assert.Equal(2, _computed);
        Assert.Equal(4, again.Values.Length);
    }

    [Fact]
    public void Many_who_ask_at_once_share_one_computation()
    {
        // Caches of their own stand for trainers of their own: nothing but the folder joins them.
        var grids = new ReferenceGrid[8];
        var threads = Enumerable.Range(0, grids.Length).Select(i => new Thread(() => grids[i] = new ReferenceCache(_folder.Path).Get("a", Compute))).ToArray();

        foreach (var thread in threads)
        {
            thread.Start();
        }

        foreach (var thread in threads)
        {
            thread.Join();
        }

        Assert.Equal(1, _computed);
        Assert.All(grids, grid => Assert.Equal(grids[0].Values, grid.Values));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_costs_the_cache_and_not_the_reference()
    {
        var file = Path.Combine(_folder.Path, "a-file");
        File.WriteAllText(file, "");

        var grid = new ReferenceCache(Path.Combine(file, "below")).Get("a", Compute);

        Assert.Equal(0.125, grid.Floor);
    }

    public void Dispose() => _folder.Dispose();

    private ReferenceGrid Compute()
    {
        Interlocked.Increment(ref _computed);
        return new([[0, 1], [2, 3]], 1, [1, 2, 3, 4], ImmutableSortedDictionary<string, double>.Empty.WithComparers(StringComparer.Ordinal).Add("floor", 0.125));
    }
}
