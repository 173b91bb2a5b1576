using System.Numerics.Tensors;
using PinnSweep.Numerics.Checkpoints;
using PinnSweep.Studies.Trials;
using PinnSweep.Training.Checkpoints;
using PinnSweep.Training.Evaluations;
using PinnSweep.Training.Preparation;
using PinnSweep.Training.Solutions;
using PinnSweep.Training.Steps;

namespace PinnSweep.Training;

/// <summary>
/// The training of one trial, a step at a time: a <see cref="TrainingStep"/> where a stage has budget left, the next stage of the
/// <see cref="StageSequence"/> where it has none, and an <see cref="Evaluation"/> where one is due. The state between two steps is
/// complete: saved and loaded into another instance of the same trial, every later digit is the same.
/// </summary>
public sealed class TrainingLoop : IDisposable
{
    private readonly TimeProvider _clock;
    private readonly double[] _theta;
    private double _loss = double.NaN;
    private TimeSpan _time;

    /// <summary>Takes the parts of a trial over; they are disposed with this instance.</summary>
    public TrainingLoop(TrialAssembly trial, TimeProvider clock)
    {
        _clock = clock;
        _theta = [.. trial.Theta];
        Evaluation = new(trial);
        Stages = new(trial, _theta, Evaluation);
    }

    /// <summary>The parts of the stage that is in training.</summary>
    public TrialAssembly Trial => Stages.Current.Trial;

    /// <summary>Optimizer steps taken.</summary>
    public int Step { get; private set; }

    /// <summary>Training time in seconds over all attempts that led here, evaluations excluded.</summary>
    public double Seconds => _time.TotalSeconds;

    /// <summary>The weighted total loss of the last step.</summary>
    public double Loss => _loss;

    /// <summary>Whether a loss, gradient or parameter became non-finite.</summary>
    public bool IsDiverged { get; private set; }

    /// <summary>The rule that ended the training before its budget; null where none did.</summary>
    public string? StoppedBy { get; private set; }

    /// <summary>Whether the budget is used up, the training diverged, or a rule ended it.</summary>
    public bool IsFinished => IsDiverged || StoppedBy is not null || IsUsedUp;

    /// <summary>Whether <see cref="Final"/> is wanted.</summary>
    public bool KeepsFinal { get; init; }

    /// <summary>Bytes of <see cref="Final"/> at most; what is longer is not kept.</summary>
    public int LongestFinal { get; init; } = int.MaxValue;

    /// <summary>
    /// The state at the end of the budget, from which the same training with more steps goes on: without the evaluation that is made at the
    /// end alone. Null before, where it is not wanted or too long, and where the training has ended otherwise.
    /// </summary>
    public byte[]? Final { get; private set; }

    /// <summary>θ.</summary>
    public ReadOnlySpan<double> Theta => _theta;

    /// <summary>The evaluations so far.</summary>
    public IReadOnlyList<CurvePoint> Curve => Evaluation.Curve;

    /// <summary>
    /// What science says of the trial as it stands. A network that has settled on a trivial field has solved nothing, whatever that field
    /// scores.
    /// </summary>
    public Outcome Outcome =>
        IsDiverged ? Outcome.Diverged
        : Evaluation.Trivial is not null ? Outcome.Trivial
        : Curve[^1].Yardstick() < Trial.Description.ConvergedBelow ? Outcome.Converged
        : Evaluation.IsFlat ? Outcome.Trivial
        : Outcome.Stalled;

    private Budget Budget => Trial.Description.Budget;

    private bool IsUsedUp => Budget.Steps is { } steps ? Step >= steps : Seconds >= Budget.Seconds;

    /// <summary>What the training is measured by.</summary>
    internal Evaluation Evaluation { get; }

    /// <summary>The stage in training and those before it.</summary>
    internal StageSequence Stages { get; }

    /// <summary>
    /// Takes one step, and evaluates on the test grid before the first, every <see cref="TrialDescription.EvaluateEvery"/>, and after the
    /// last of each stage.
    /// </summary>
    public void Advance()
    {
        if (Curve.Count == 0)
        {
            Evaluate();
        }

        while (Stages.IsOver(Step, Seconds))
        {
            Stages.BeginNext(Step);
            if (Trial.Stages[Trial.StageNumber].Event is { } name)
            {
                Trial.Events.Count(name);
            }
        }

        var start = _clock.GetTimestamp();
        Take();
        _time += _clock.GetElapsedTime(start);
        if (!IsDiverged)
        {
            Look();
        }
    }

    /// <summary>
    /// The network that the last evaluation measured; null where the training diverged, for there it is not any more.
    /// </summary>
    public SavedNetwork? Network() => IsDiverged ? null : new(
        Trial.Description.Canonical(), Step, Curve[^1].RelativeL2, Stages.Parts(), SavedNetwork.CoefficientsOf(Trial.Target, _theta));

    /// <summary>The record of the trial as it stands.</summary>
    public TrialResult Result(Evidence evidence) => ResultOf.Training(this, evidence);

    /// <summary>Writes everything that later steps depend on.</summary>
    public void Save(Stream stream)
    {
        using var writer = new StateWriter(stream);
        State(writer);
    }

    /// <summary>The inverse of <see cref="Save"/>.</summary>
    /// <exception cref="InvalidDataException">The stream holds no checkpoint of this trial.</exception>
    public void Load(Stream stream)
    {
        using var reader = new StateReader(stream);
        var engine = State(reader);
        Stages.Current.TakePoints();
        if (IsUsedUp && Curve[^1].Step < Step)
        {
            Evaluate();
        }

        Judge();
        if (engine != Trial.Engine.Name)
        {
            // The digits after this point are no longer those of an uninterrupted run; the result says so.
            Trial.Events.Count("resumed-on-another-engine");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Evaluation.Dispose();
        Stages.Dispose();
    }

    /// <summary>The whole checkpoint.</summary>
    /// <returns>The engine that has computed what stands in it.</returns>
    private string State(StateArchive archive)
    {
        var (owner, engine) = Checkpoint.Header(archive, Trial.Description.Key(), Trial.Engine.Name);
        var (step, ticks) = (Step, _time.Ticks);
        archive.Count("step", ref step);
        Checkpoint.CheckOwner(owner, step, Trial.Description, Trial.Stages.Length);
        archive.Count("time", ref ticks);
        (Step, _time) = (step, TimeSpan.FromTicks(ticks));
        archive.Number("loss", ref _loss);
        Evaluation.FieldState(archive);
        Stages.State(archive);
        archive.Vector("theta", _theta);
        Trial.Optimizer.State(archive);
        Trial.Balancer.State(archive);
        Trial.Sampler.State(archive);
        Trial.Events.State(archive);
        Evaluation.CurveState(archive);
        if (archive.IsLoading && owner != Trial.Description.Key().Hex)
        {
            Evaluation.KeepEvery(Trial.Description.EvaluateEvery);
        }

        return engine;
    }

    private void Take()
    {
        if (!Stages.Current.TryTake(Stages.StepsInStage(Step), _theta, ref _loss))
        {
            IsDiverged = true;
            return;
        }

        Step++;
        IsDiverged |= !TensorPrimitives.IsFiniteAll<double>(_theta);
    }

    /// <summary>Evaluates where it is time to, and at the end of the budget.</summary>
    private void Look()
    {
        var isDue = Step % Trial.Description.EvaluateEvery == 0 || Stages.IsOver(Step, Seconds);
        if (isDue)
        {
            Evaluate();
            Judge();
        }

        if (IsUsedUp && !IsDiverged)
        {
            Final = KeepsFinal ? Saved() : null;
            if (!isDue)
            {
                Evaluate();
            }
        }
    }

    private byte[]? Saved()
    {
        using var state = new BoundedMemory(LongestFinal);
        Save(state);
        return state.Content;
    }

    /// <summary>
    /// A pure function of the curve, so a training that is resumed is stopped where an uninterrupted one is. At the end of the budget there
    /// is nothing to stop.
    /// </summary>
    private void Judge() => StoppedBy = IsDiverged || IsUsedUp
        ? null
        : Trial.Description.StopWhen?.WhyStop(Curve, [.. Trial.Target.Terms.Select(term => term.Name)], Trial.Description.ConvergedBelow);

    private void Evaluate() => IsDiverged |= !Evaluation.TryAdd(Stages.Current, _theta, Step, Seconds);
}
