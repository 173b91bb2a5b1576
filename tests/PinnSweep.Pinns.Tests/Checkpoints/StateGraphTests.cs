using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Numerics.Streams;

namespace PinnSweep.Pinns.Tests.Checkpoints;

/// <summary>That <see cref="StateGraph"/> finds what a checkpoint forgets, or the tests that use it would say nothing.</summary>
public sealed class StateGraphTests
{
    [Fact]
    public void A_field_that_differs_is_named_wherever_it_lies() =>
        Assert.Equal(
            [".Position.Position", "._counts[0].value", "._list", "._number", "._numbers[1]", "._parts[0]._flag"],
            StateGraph.Differences(new Part(1), new Part(2)).Select(text => text.Split(':')[0]).Order(StringComparer.Ordinal));

    [Fact]
    public void Equal_objects_do_not_differ_whatever_is_in_their_scratch()
    {
        var (one, other) = (new Part(1), new Part(1));

        Assert.Equal(3, StateGraph.Spoil(one));
        Assert.Empty(StateGraph.Differences(one, other));
        Assert.True(double.IsNaN(one.Scratch));
    }

    [Fact]
    public void What_a_method_may_write_to_is_changeable_and_what_only_a_constructor_sets_is_not() =>
        Assert.Equal([".Position.Position", "._number", "._parts[0]._flag"], StateGraph.Changeable(new Part(1)).Select(found => found.Path).Order(StringComparer.Ordinal));

    private sealed class Part(int seed)
    {
        private readonly int _size = 5;
        private readonly double[] _numbers = [0, seed, 2 * seed];
        private readonly Inner[] _parts = [new(seed == 1)];
        private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal) { ["a"] = seed };
        private readonly List<double> _list = [.. new double[seed]];
        [Scratch] private readonly int[][] _scratch = [[seed], []];
        [Scratch] private readonly RandomStream _entered = new(1, "entered") { Position = (ulong)seed };
        private double _number = seed;

        public RandomStream Position { get; } = new(1, "part") { Position = (ulong)seed };

        [field: Scratch]
        public double Scratch { get; private set; } = seed;

        /// <summary>Uses what reflection alone would.</summary>
        public double Sum() => (_number += _size) + _numbers[0] + _parts.Length + _counts.Count + _list.Count + _scratch.Length + _entered.Position + (Scratch += 1);
    }

    private sealed class Inner(bool flag)
    {
        private bool _flag = flag;

        public void Turn() => _flag = !_flag;
    }
}
