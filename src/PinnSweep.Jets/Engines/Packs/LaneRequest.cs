using System.Runtime.ExceptionServices;

namespace PinnSweep.Jets.Engines.Packs;

/// <summary>What a lane waits for.</summary>
public enum LaneWork
{
    /// <summary><see cref="ILossPass.Forward"/>.</summary>
    Forward,

    /// <summary><see cref="ILossPass.Run"/>.</summary>
    Run,

    /// <summary><see cref="ILossPass.RunCombined"/>.</summary>
    RunCombined,

    /// <summary><see cref="ILossPass.Jacobian(int, int, Span{double}, Span{double})"/>.</summary>
    Jacobian,

    /// <summary><see cref="ILossPass.TrySquaredNorms"/>.</summary>
    SquaredNorms,

    /// <summary><see cref="IJetTape.Forward"/>.</summary>
    TapeForward,

    /// <summary><see cref="IJetTape.Pullback"/>.</summary>
    TapePullback,
}

/// <summary>
/// One call of a lane that a batch is to answer. It is made once a pass and used again for each call. Its arguments are memory of the lane,
/// which waits and so keeps it in place.
/// </summary>
public sealed unsafe class LaneRequest
{
    private readonly LaneSignal _released = new();
    private readonly Memo[] _arguments = new Memo[6];
    private ExceptionDispatchInfo? _failure;
    private bool _isLeader;

    internal LaneRequest(int lane, string form, ILossPass pass) => (Lane, Form, Pass) = (lane, string.Intern(form), pass);

    internal LaneRequest(int lane, string form, IJetTape tape) => (Lane, Form, Tape) = (lane, string.Intern(form), tape);

    /// <summary>The number of its lane.</summary>
    public int Lane { get; }

    /// <summary>The form of network and program, interned: requests of one form and kind may run as one.</summary>
    public string Form { get; }

    /// <summary>What is wanted.</summary>
    public LaneWork Work { get; private set; }

    /// <summary>The pass of the lane's engine; null for a tape's request.</summary>
    public ILossPass? Pass { get; }

    /// <summary>The tape of the lane's engine; null for a pass's request.</summary>
    public IJetTape? Tape { get; }

    /// <summary>The residual, for Jacobians and norms.</summary>
    public int Residual { get; private set; }

    /// <summary>The first point, for Jacobians.</summary>
    public int First { get; private set; }

    /// <summary>What <see cref="ILossPass.TrySquaredNorms"/> is to return.</summary>
    public bool IsPossible { get; set; }

    /// <summary>The spans of the call in the order of its parameters.</summary>
    public Span<double> this[int argument] => _arguments[argument].Span;

    /// <summary>Runs it as if the lane were alone.</summary>
    public void RunAlone()
    {
        switch (Work)
        {
            case LaneWork.Forward:
                Pass!.Forward(this[0], this[1]);
                break;
            case LaneWork.Run:
                Pass!.Run(this[0], this[1], this[2], this[3], this[4]);
                break;
            case LaneWork.RunCombined:
                Pass!.RunCombined(this[0], this[1], this[2], this[3], this[4], this[5]);
                break;
            case LaneWork.Jacobian:
                Pass!.Jacobian(Residual, First, this[0], this[1]);
                break;
            case LaneWork.SquaredNorms:
                IsPossible = Pass!.TrySquaredNorms(Residual, this[0]);
                break;
            case LaneWork.TapeForward:
                Tape!.Forward(this[0]);
                break;
            case LaneWork.TapePullback:
                Tape!.Pullback(this[0], this[1]);
                break;
            default:
                throw new InvalidOperationException($"no lane asks for {Work}");
        }
    }

    /// <summary>The lane gets this exception in place of an answer.</summary>
    public void Fail(Exception failure) => _failure = ExceptionDispatchInfo.Capture(failure);

    internal bool HasFailed => _failure is not null;

    internal LaneRequest Asks(LaneWork work, int residual = 0, int first = 0)
    {
        (Work, Residual, First, _failure, _isLeader) = (work, residual, first, null, false);
        return this;
    }

    internal LaneRequest With(int argument, double* start, int length)
    {
        _arguments[argument] = new(start, length);
        return this;
    }

    /// <summary>Ends <see cref="Wait"/>; the leader runs the batch.</summary>
    internal void Release(bool isLeader)
    {
        _isLeader = isLeader;
        _released.Set();
    }

    /// <summary>Waits to be released; whether this lane is to run the batch.</summary>
    internal bool Wait()
    {
        _released.Wait();
        return _isLeader;
    }

    internal void ThrowIfFailed() => _failure?.Throw();

    private readonly struct Memo(double* start, int length)
    {
        public Span<double> Span => new(start, length);
    }
}
