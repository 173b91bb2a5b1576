using PinnSweep.FakeTrainer;

// Speaks the trainer protocol without training. What goes wrong is scripted by the study file, so each trial carries its own fate.
return new Trainer(Console.OpenStandardInput(), Console.OpenStandardOutput()).Run();
