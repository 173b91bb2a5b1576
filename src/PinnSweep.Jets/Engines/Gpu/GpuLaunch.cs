using System.Numerics;
using PinnSweep.Jets.Engines.Gpu.Kernels;
using PinnSweep.Jets.Engines.Packs;

namespace PinnSweep.Jets.Engines.Gpu;

/// <summary>The requests of one launch: what they send, where each finds its results, and how these become answers in double precision.</summary>
internal sealed class GpuLaunch<T, TReal>
    where T : unmanaged, INumber<T>
    where TReal : struct, IReal<T>
{
    // Numbers of results or parts of gradients in one launch: a place of either fits an int.
    private const long MostNumbers = 1 << 29;

    private readonly List<(GpuMember<T, TReal> Member, LaneRequest Request)> _lanes = [];
    private readonly List<int> _items = [];
    private readonly List<(int Step, int Result, int FirstItem, int Items)> _places = [];

    private GpuLaunch(int work) => Work = work;

    /// <summary>A <see cref="TileWork"/>.</summary>
    public int Work { get; }

    /// <summary>The lanes.</summary>
    public IReadOnlyList<(GpuMember<T, TReal> Member, LaneRequest Request)> Lanes => _lanes;

    /// <summary>Lane and first point of each item.</summary>
    public int[] Items => field ??= [.. _items];

    /// <summary>Numbers to send.</summary>
    public int StepLength { get; private set; }

    /// <summary>Numbers that come back.</summary>
    public int ResultLength { get; private set; }

    /// <summary>Entries of the gradients of a lane.</summary>
    public int GradientLength { get; private set; }

    /// <summary>Divides requests of one kind into launches.</summary>
    public static IEnumerable<GpuLaunch<T, TReal>> Divide(IReadOnlyList<LaneRequest> group)
    {
        foreach (var same in group.GroupBy(WorkOf))
        {
            var launch = new GpuLaunch<T, TReal>(same.Key);
            foreach (var request in same)
            {
                if (!launch.TryAdd(request))
                {
                    yield return launch;
                    launch = new(same.Key);
                    launch.TryAdd(request);
                }
            }

            yield return launch;
        }
    }

    /// <summary>The lanes as kernels read them.</summary>
    public int[] Records() =>
    [
        .. _lanes.SelectMany((lane, i) =>
        {
            var record = new int[AtLane.Length];
            record[AtLane.Points] = lane.Member.Count;
            record[AtLane.Data] = checked((int)lane.Member.Place);
            record[AtLane.Step] = _places[i].Step;
            record[AtLane.HasWeights] = HasWeights(lane.Request) ? 1 : 0;
            record[AtLane.Results] = _places[i].Result;
            record[AtLane.FirstItem] = _places[i].FirstItem;
            record[AtLane.Items] = _places[i].Items;
            record[AtLane.Residual] = lane.Request.Residual;
            record[AtLane.FirstPoint] = First(lane.Request);
            record[AtLane.EndPoint] = End(lane.Member, lane.Request);
            record[AtLane.Gradients] = _places[i].Result + Values(lane.Member);
            return record;
        }),
    ];

    /// <summary>Writes θ, the factors 2 λ / n, and the weights or cotangents of each lane.</summary>
    public void WriteStep(HostBuffer<T> memory)
    {
        memory.Require(StepLength);
        Each(i => WriteStep(i, memory.Span[_places[i].Step..]));
    }

    /// <summary>Gives each lane its answer.</summary>
    public void Receive(HostBuffer<T> memory) => Each(i =>
    {
        var (member, request) = _lanes[i];
        var results = ResultLength == 0 ? [] : memory.Span.Slice(_places[i].Result, _places[i].Items == 0 ? 0 : Size(member, request));
        LaneAnswer<T>.Write(Work, member.Engine.Network, member.Engine.Theta, member.Count, results, request, _places[i].Items == 0 ? 0 : Values(member));
    });

    private static int WorkOf(LaneRequest request) => request.Work switch
    {
        LaneWork.Forward => TileWork.Residuals,
        LaneWork.Run => request[4].IsEmpty ? TileWork.Residuals : TileWork.Gradients,
        LaneWork.RunCombined => request[5].IsEmpty ? TileWork.Residuals : TileWork.Combined,
        LaneWork.Jacobian => TileWork.Rows,
        LaneWork.TapeForward => TileWork.Jets,
        LaneWork.TapePullback => TileWork.Pullback,
        _ => throw new NotSupportedException($"no launch does {request.Work}"),
    };

    private static bool HasWeights(LaneRequest request) => request.Work is LaneWork.Run or LaneWork.RunCombined && !request[0].IsEmpty;

    private static int First(LaneRequest request) => request.Work == LaneWork.Jacobian ? request.First : 0;

    private static int End(GpuMember<T, TReal> member, LaneRequest request) => request.Work == LaneWork.Jacobian ? request.First + request[0].Length : member.Count;

    private static GpuMember<T, TReal> MemberOf(LaneRequest request) => request.Pass is GpuLossPass<T, TReal> pass ? pass.Member : ((GpuJetTape<T, TReal>)request.Tape!).Member;

    private static int Length(GpuMember<T, TReal> member) => member.Engine.Theta.Length;

    private int Sets(GpuMember<T, TReal> member) => Work switch
    {
        TileWork.Gradients => member.Program!.Results.Length,
        TileWork.Combined or TileWork.Pullback => 1,
        _ => 0,
    };

    // Numbers of a lane's results before its gradients.
    private int Values(GpuMember<T, TReal> member) => Work switch
    {
        TileWork.Jets => member.Count * member.Engine.Network.Outputs * member.Layout.Channels,
        TileWork.Pullback => 0,
        _ => member.Count * member.Program!.Results.Length,
    };

    private int Size(GpuMember<T, TReal> member, LaneRequest request) =>
        Work == TileWork.Rows ? request[0].Length * (Length(member) + 1) : Values(member) + (Sets(member) * Length(member));

    private int StepSize(GpuMember<T, TReal> member, LaneRequest request) =>
        Length(member) + (Work == TileWork.Pullback ? request[0].Length : (member.Program?.Results.Length ?? 0) + (HasWeights(request) ? request[0].Length : 0));

    private bool TryAdd(LaneRequest request)
    {
        var member = MemberOf(request);
        var (first, end) = (First(request), End(member, request));
        var items = (Math.Max(end - first, 0) + TileWork.ItemPoints - 1) / TileWork.ItemPoints;
        var gradients = Sets(member) * Length(member);
        var size = (long)Size(member, request);
        if (_lanes.Count > 0 && (ResultLength + size > MostNumbers || ((_items.Count / 2) + items) * (long)gradients > MostNumbers || StepLength > MostNumbers))
        {
            return false;
        }

        _places.Add((StepLength, ResultLength, _items.Count / 2, items));
        for (var item = 0; item < items; item++)
        {
            _items.Add(_lanes.Count);
            _items.Add(first + (item * TileWork.ItemPoints));
        }

        _lanes.Add((member, request));
        StepLength += StepSize(member, request);
        ResultLength = checked((int)(ResultLength + size));
        GradientLength = gradients;
        return true;
    }

    private void WriteStep(int i, Span<T> target)
    {
        var (member, request) = _lanes[i];
        GpuMember<T, TReal>.Write(member.Engine.Theta, target);
        target = target[member.Engine.Theta.Length..];
        if (Work == TileWork.Pullback)
        {
            GpuMember<T, TReal>.Write(request[0], target);
        }

        if (member.Program is null)
        {
            return;
        }

        for (var j = 0; j < member.Program.Results.Length; j++)
        {
            target[j] = default(TReal).Of(2 * (Work == TileWork.Combined ? request[1][j] : 1) / member.Count);
        }

        if (HasWeights(request))
        {
            GpuMember<T, TReal>.Write(request[0], target[member.Program.Results.Length..]);
        }
    }

    private void Each(Action<int> action)
    {
        if (_lanes.Count == 1)
        {
            action(0);
        }
        else
        {
            Parallel.For(0, _lanes.Count, action);
        }
    }
}
